/// The methods a daemon answers on its socket.
///
/// A line that starts with `{` is a JSON-RPC 2.0 request for one of them; any other line is a
/// command and is answered as `command` would be, under a null id.
package enum ClientMethod: String, Sendable, CaseIterable {
  /// `{line, format?}`: one command line of the connection's session.
  case command
  /// `{analysis, dataset?, parameters, seed?, fresh?}`.
  case analysisRun = "analysis.run"
  /// As `analysis.run`, or `{line}`; answers `{run}` at once, and the run outlives the connection.
  case runSubmit = "run.submit"
  case runGet = "run.get"
  /// `{run, timeoutSeconds?}`: answers when the run has ended.
  case runWait = "run.wait"
  case runList = "run.list"
  /// `{run}` from any connection, or `{request}`, the id of a request of this connection.
  case runCancel = "run.cancel"
  case catalog
  case ping
  case daemonInfo = "daemon.info"
}

/// The version of the client protocol; a request may carry another as `v` and is then refused.
package let clientProtocolVersion = 1

/// How a client wants a result written.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json, csv, markdown
}
