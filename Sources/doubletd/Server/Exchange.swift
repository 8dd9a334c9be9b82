import ClientProtocol
import NIOCore

/// A request under way on one connection.
struct Exchange {
  let request: ClientRequest
  /// Bytes of input it holds until it is answered.
  let cost: Int
  /// Whether it came as a command line, which keeps the next one waiting.
  let isCommandLine: Bool
  var task: Task<Void, Never>?
  var progress: ProgressGate?
  var lastProgress: NIODeadline?
}
