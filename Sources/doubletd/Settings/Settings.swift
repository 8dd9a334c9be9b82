import Logging
import PluginHost

/// What `doublet.toml` and the command line decide.
struct Settings: Sendable, Hashable {
  /// Nil for the place the XDG rules give.
  var socket: String?
  /// Nil for the place the XDG rules give.
  var data: String?
  /// Folders of plugins, searched before the data folder's own.
  var plugins: [String] = []
  var logLevel = Logger.Level.info
  /// How long without client and run before the daemon ends; 0 for never.
  var idleExitSeconds = 0.0
  /// How long requests and runs may take to end after SIGTERM.
  var stopSeconds = 10.0
  /// Users beside the daemon's own who may connect.
  var allowUIDs: [UInt32] = []
  /// Runs nobody waits for that are computed at once.
  var submittedRuns = 1
  var limits = ServerLimits()
  var host = PluginHostSettings()
}
