/// The methods a daemon answers on its socket.
///
/// A line that starts with `{` is a JSON-RPC 2.0 request for one of them; any other line is a
/// command and is answered as `command` would be, under a null id.
package enum ClientMethod: String, Sendable, CaseIterable {
  /// `{line, cwd?, format?}`: one command line of the connection's session.
  ///
  /// Relative paths in the line are relative to `cwd`. Answers a result document; with a format
  /// other than `json`, a string. An empty line is answered with null.
  case command
  /// `{analysis, dataset?, parameters?, plan?, seed?, fresh?, format?}`.
  ///
  /// What `use` and `set` say in the session does not apply.
  case analysisRun = "analysis.run"
  /// As `analysis.run`, or `{line}`; answers `{run, stored}` once the run is recorded.
  ///
  /// The run outlives the connection. `stored` says that an earlier run already has the answer.
  case runSubmit = "run.submit"
  /// `{run}`: answers `{run, state, …}` with `result` or `error` where the run has ended.
  case runGet = "run.get"
  /// `{run, timeoutSeconds?}`: as `run.get`, when the run has ended or the time is over.
  case runWait = "run.wait"
  /// `{limit?, before?, state?}`: answers `{runs}`, the latest first, without their results.
  case runList = "run.list"
  /// `{run}` from any connection of the same user, or `{request}`, the id of a request of this
  /// connection; answers `{cancelled}`, false where there is no such request under way.
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
