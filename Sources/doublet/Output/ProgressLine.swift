import Glibc

/// Draws the progress of one command on standard error and erases it.
struct ProgressLine {
  private var isDrawn = false
  private let isAllowed: Bool
  private let start = Clock.seconds

  private(set) var report: DaemonMessage.RunReport?

  init(isAllowed: Bool) { self.isAllowed = isAllowed }

  /// How long to wait before the line is due again; -1 for ever.
  var millisecondsToNextDrawing: Int32 {
    guard isAllowed else { return -1 }
    let due = max(ProgressBar.patience - (Clock.seconds - start), isDrawn ? 0.5 : 0.001)
    return Int32((due * 1000).rounded(.up))
  }

  mutating func update(_ report: DaemonMessage.RunReport? = nil, isCancelling: Bool = false) {
    if let report { self.report = report }
    let elapsed = Clock.seconds - start
    guard isAllowed, isCancelling || elapsed >= ProgressBar.patience else { return }
    let bar = ProgressBar(
      report: self.report, elapsedSeconds: elapsed, isCancelling: isCancelling)
    Output.say("\r" + bar.text(width: Terminal.size(of: STDERR_FILENO)?.columns ?? 80) + "\u{1B}[K")
    isDrawn = true
  }

  mutating func erase() {
    if isDrawn { Output.say("\r\u{1B}[K") }
    isDrawn = false
  }
}

enum Clock {
  /// Seconds of a clock that never goes back.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
