import Rendering

/// The line that shows how far a command has come.
struct ProgressBar: Hashable {
  /// Nothing is shown before, so that quick commands leave the screen in peace.
  static let patience = 0.5
  private static let bar = 20

  var report: DaemonMessage.RunReport?
  var elapsedSeconds: Double
  /// Whether the person has just asked for an end.
  var isCancelling = false

  /// The line for a screen of some columns; it never fills the last one.
  func text(width: Int) -> String {
    let line: String
    if isCancelling {
      line = "cancelling  (Ctrl-C again stops waiting)"
    } else if let report {
      let filled = Int((report.fraction * Double(Self.bar)).rounded(.down))
      let percent = String(Int((report.fraction * 100).rounded(.down)))
        .padded(to: 3, alignedRight: true)
      let bar =
        String(repeating: "#", count: filled) + String(repeating: ".", count: Self.bar - filled)
      line = ["[\(bar)] \(percent) %", timeLeft(report), report.message?.safe]
        .compactMap { $0 }.joined(separator: "  ")
    } else {
      line = "working, \(Self.clock(elapsedSeconds))  (Ctrl-C cancels)"
    }
    return line.shortened(to: max(1, width - 1))
  }

  /// The daemon's estimate, else one that supposes the rest goes as fast as the start.
  private func timeLeft(_ report: DaemonMessage.RunReport) -> String? {
    let guess =
      report.fraction > 0.01
      ? elapsedSeconds * (1 - report.fraction) / report.fraction : nil
    guard let seconds = report.secondsLeft ?? guess, seconds.isFinite, seconds >= 0,
      report.fraction < 1
    else { return nil }
    return Self.clock(seconds) + " left"
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}

extension String {
  /// The beginning that fits into some columns.
  func shortened(to width: Int) -> String {
    guard columns > width else { return self }
    var used = 1
    return prefix {
      used += $0.columns
      return used <= width
    } + "…"
  }
}
