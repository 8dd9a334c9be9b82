package import PluginProtocol

/// What a request comes to: the bytes of a JSON value, or why there is none.
package typealias ClientAnswer = Result<[UInt8], CommandFailure>

/// Reports how far the run of a request has come; the run's id is nil until it is recorded.
package typealias ProgressReport = @Sendable (_ progress: RunProgress, _ run: String?) -> Void

/// Answers the requests of one connection.
///
/// The socket server owns one for each connection and knows nothing else of the workbench.
/// A cancelled task answers too, with a failure of kind `run.cancelled`.
package protocol RequestHandler: Sendable {
  /// Answers one request; several may be under way at once.
  func answer(_ request: ClientRequest, progress: ProgressReport?) async -> ClientAnswer

  /// The connection is gone: what the connection alone was waiting for may end.
  func connectionClosed() async
}

/// Whoever is at the other end of a connection, by the kernel's word.
package struct Peer: Sendable, Hashable {
  package let uid: UInt32
  package let pid: Int32

  package init(uid: UInt32, pid: Int32) {
    self.uid = uid
    self.pid = pid
  }
}
