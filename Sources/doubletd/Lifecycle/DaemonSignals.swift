import Glibc
import Logging
import Synchronization

/// What signals mean to the daemon.
///
/// SIGTERM and SIGINT stop it, and a second one ends the process there and then: on the queue of
/// the signals, since every other thread may be what it is stuck on.
struct DaemonSignals: Sendable {
  private let source: SignalSource?

  init(socket: SocketFile, log: Logger, post: @escaping @Sendable (DaemonEvent) -> Void) {
    let isStopping = Mutex(false)
    source = SignalSource([SIGTERM, SIGINT, SIGHUP]) { signal in
      guard signal != SIGHUP else { return post(.reload) }
      let isSecond = isStopping.withLock { isStopping in
        defer { isStopping = true }
        return isStopping
      }
      guard isSecond else { return post(.stop) }
      log.warning("told to stop a second time: ending at once")
      socket.unlink()
      _exit(0)
    }
    if source == nil { log.error("signals cannot be caught: SIGTERM will not stop in order") }
  }
}
