import Dispatch

/// Does work that blocks, such as reading large files, on a thread of its own.
///
/// The threads that serve clients are as many as there are cores, and none may wait for a disk.
func blocking<Value: Sendable>(
  _ work: @escaping @Sendable () -> Value
) async -> Value {
  await withCheckedContinuation { continuation in
    DispatchQueue.global(qos: .utility).async { continuation.resume(returning: work()) }
  }
}
