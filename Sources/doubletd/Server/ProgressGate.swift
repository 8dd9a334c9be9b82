import NIOCore
import PluginProtocol
import Synchronization

/// The latest progress of one request, on its way to the loop that sends it.
///
/// Reports come from any thread and as often as they like: each replaces the one before, and the
/// loop is woken once until it has taken what is there.
final class ProgressGate: Sendable {
  struct Report: Sendable {
    let progress: RunProgress
    let run: String?
  }

  private struct State {
    var latest: Report?
    var isAnnounced = false
  }

  let started = NIODeadline.now()
  private let state = Mutex(State())
  private let announce: @Sendable () -> Void

  /// `announce` is called when there is something to take and the loop does not know yet.
  init(announce: @escaping @Sendable () -> Void) { self.announce = announce }

  func report(_ progress: RunProgress, run: String?) {
    let isNews = state.withLock { state in
      state.latest = Report(progress: progress, run: run)
      defer { state.isAnnounced = true }
      return !state.isAnnounced
    }
    if isNews { announce() }
  }

  /// Takes the latest report; the next one is announced again.
  func take() -> Report? {
    state.withLock { state in
      defer { state = State() }
      return state.latest
    }
  }

  /// Seconds left if the rest goes as the part so far; nil before anything is done.
  static func secondsLeft(fraction: Double, elapsed: TimeAmount) -> Double? {
    guard fraction > 0, fraction <= 1 else { return nil }
    return Double(elapsed.nanoseconds) / 1e9 * (1 - fraction) / fraction
  }
}
