import Dispatch
import Synchronization

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

/// Does work that blocks its thread and asks now and then whether somebody still waits for it.
func blocking<Value: Sendable>(
  _ work: @escaping @Sendable (_ isCancelled: @escaping () -> Bool) -> Value
) async -> Value {
  let flag = CancellationFlag()
  return await withTaskCancellationHandler {
    await blocking { work { flag.isRaised.load(ordering: .relaxed) } }
  } onCancel: {
    flag.isRaised.store(true, ordering: .relaxed)
  }
}

private final class CancellationFlag: Sendable {
  let isRaised = Atomic(false)
}
