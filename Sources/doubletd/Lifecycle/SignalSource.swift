@unsafe @preconcurrency import Dispatch
import Glibc
import Synchronization

/// Turns signals into calls on a queue of their own.
///
/// Handlers that are caught, unlike signals that are ignored or blocked, are back to normal in
/// every child after exec. The handler itself only writes a byte.
final class SignalSource: Sendable {
  private static let writeEnd = Atomic<CInt>(-1)

  private let source: any DispatchSourceRead
  private let queue = DispatchQueue(label: "signals")

  /// Begins to catch `signals`; there is one source in a process.
  init?(_ signals: [CInt], handler: @escaping @Sendable (CInt) -> Void) {
    var ends: [2 of CInt] = [-1, -1]
    let isOpen = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe pipe($0.baseAddress?.assumingMemoryBound(to: CInt.self)) == 0
    }
    guard isOpen else { return nil }
    for end in [ends[0], ends[1]] {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let readEnd = ends[0]
    Self.writeEnd.store(ends[1], ordering: .releasing)
    source = DispatchSource.makeReadSource(fileDescriptor: readEnd, queue: queue)
    source.setEventHandler {
      var byte: UInt8 = 0
      while unsafe read(readEnd, &byte, 1) == 1 { handler(CInt(byte)) }
    }
    source.activate()
    for signal in signals { Self.catch(signal) }
  }

  private static func `catch`(_ signal: CInt) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { number in
      let saved = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = unsafe write(SignalSource.writeEnd.load(ordering: .acquiring), &byte, 1)
      errno = saved
    }
    action.sa_flags = SA_RESTART
    unsafe sigaction(signal, &action, nil)
  }
}
