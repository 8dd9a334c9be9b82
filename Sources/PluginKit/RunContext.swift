import JSON
import PluginProtocol
import Synchronization

/// What a running analysis may say to its host, and hear from it.
public struct RunContext: Sendable {
  let connection: HostConnection?
  let id: JSONValue?
  let cancellation: CancellationFlag
  let calls: HostCalls?
  private let reporter = ProgressReporter()

  init(
    connection: HostConnection?, id: JSONValue?, cancellation: CancellationFlag,
    calls: HostCalls? = nil
  ) {
    self.connection = connection
    self.calls = calls
    self.id = id
    self.cancellation = cancellation
  }

  /// A context that nobody listens to, for tests.
  public static var detached: RunContext {
    RunContext(connection: nil, id: nil, cancellation: CancellationFlag())
  }

  /// Whether the user has given the run up; true on every thread.
  ///
  /// The run's task is cancelled with it, so that `Task.checkCancellation()` hears it as well.
  public var isCancelled: Bool { cancellation.isRaised }

  /// - Throws: `CancellationError` once the user has given the run up.
  public func checkCancellation() throws {
    if isCancelled { throw CancellationError() }
  }

  /// Waits until the user gives the run up.
  public func untilCancelled() async {
    let (never, continuation) = AsyncStream<Never>.makeStream()
    // Ends when the task is cancelled, and not before: nobody lets the continuation go.
    for await _ in never {}
    withExtendedLifetime(continuation) {}
  }

  /// Says how far the run has come, from 0 to 1.
  ///
  /// Call it as often as is convenient: reports go out at most 20 times a second, and one that
  /// falls behind an earlier report is dropped.
  public func progress(_ fraction: Double, _ message: String? = nil) {
    guard let connection, let id, reporter.shouldSend(fraction) else { return }
    connection.send(
      Wire.notification(
        method: "progress",
        parameters: RunProgress(fraction: fraction, message: message).parameters(id: id)))
  }

  /// Adds a line to the log of the run.
  public func log(_ message: String) {
    guard let connection, let id else { return }
    connection.send(
      Wire.notification(
        method: "log", parameters: ["id": id, "message": .string(message)]))
  }
}

/// Decides which progress reports are worth sending.
private final class ProgressReporter: Sendable {
  private struct Last {
    var fraction = -1.0
    var time: ContinuousClock.Instant?
  }

  private static let interval = Duration.milliseconds(50)
  private let last = Mutex(Last())

  func shouldSend(_ fraction: Double) -> Bool {
    guard fraction >= 0, fraction <= 1 else { return false }
    let now = ContinuousClock.now
    return last.withLock { last in
      guard fraction > last.fraction else { return false }
      if let time = last.time, now - time < Self.interval, fraction < 1 { return false }
      last = Last(fraction: fraction, time: now)
      return true
    }
  }
}

/// Raised once, seen by every thread.
final class CancellationFlag: Sendable {
  private let raised = Atomic(false)
  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}
