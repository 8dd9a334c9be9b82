import ClientProtocol

/// What the daemon needs of the workbench behind its socket.
struct Services: Sendable {
  var makeHandler: @Sendable (Peer) -> any RequestHandler
  /// Whether a run goes on that no client waits for.
  var isBusy: @Sendable () async -> Bool
  /// Reads plugins again; sentences about what was wrong, if anything.
  var reload: @Sendable (Settings) async -> [String]
  /// Ends runs and processes by then, and leaves the database closed.
  var stop: @Sendable (ContinuousClock.Instant) async -> Void
}
