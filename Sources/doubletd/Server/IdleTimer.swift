import NIOCore

/// Tells when a server has had no client for a while; belongs to the server's event loop.
final class IdleTimer {
  private let eventLoop: any EventLoop
  private let delay: TimeAmount
  private let onIdle: @Sendable () -> Void
  private var scheduled: Scheduled<Void>?

  init(eventLoop: any EventLoop, seconds: Double, onIdle: @escaping @Sendable () -> Void) {
    self.eventLoop = eventLoop
    delay = TimeAmount(seconds: seconds)
    self.onIdle = onIdle
  }

  func arm() {
    disarm()
    scheduled = eventLoop.scheduleTask(in: delay, onIdle)
  }

  func disarm() {
    scheduled?.cancel()
    scheduled = nil
  }
}
