import CLinux

/// Starts a thread that may block, outside the pool that runs tasks.
///
/// - Returns: Whether the system gave a thread; the body has not run and never will where it did not.
package func startThread(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
  let context = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
  let error = unsafe clinux_start_thread(
    name, 1 << 20,
    { context in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
    }, context)
  if error != 0 { unsafe Unmanaged<ThreadBody>.fromOpaque(context).release() }
  return error == 0
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
