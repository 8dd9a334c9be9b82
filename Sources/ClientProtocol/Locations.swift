/// Where Doublet's files are for one user, by the XDG base directory rules.
package struct Locations: Sendable, Hashable {
  /// The daemon's socket.
  package let socket: String
  /// The folder of the database and the data sets.
  package let data: String
  /// The settings file.
  package let settings: String
  /// The REPL's history.
  package let history: String
  /// Commands the REPL runs when it starts.
  package let startupCommands: String

  /// Nil when neither `HOME` nor the variables that stand in for it are set.
  package init?(environment: [String: String]) {
    func folder(_ variable: String) -> String? {
      // A relative path in these variables is to be ignored (XDG base directory specification).
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let home = folder("HOME")
    guard
      let data = folder("XDG_DATA_HOME") ?? home.map({ $0 + "/.local/share" }),
      let config = folder("XDG_CONFIG_HOME") ?? home.map({ $0 + "/.config" }),
      let state = folder("XDG_STATE_HOME") ?? home.map({ $0 + "/.local/state" }),
      let socket = folder("XDG_RUNTIME_DIR").map({ $0 + "/doublet" })
        ?? home.map({ $0 + "/.doublet" })
    else { return nil }
    self.socket = socket + "/doublet.sock"
    self.data = data + "/doublet"
    settings = config + "/doublet/doublet.toml"
    history = state + "/doublet/history"
    startupCommands = (home ?? config + "/doublet") + "/.doubletrc"
  }
}
