internal import Glibc
import RECIST

/// One patient's follow-up cut into windows.
struct SubjectSplit: Sendable {
  let series: TumorSeries
  /// The scan at each boundary; nil where there is none.
  let marks: [TumorScan?]
  /// The log size change over each window, negative where the tumor shrank.
  let changes: [Double?]

  /// For each boundary takes the nearest measured scan within the tolerance, of two as near the
  /// earlier; a scan is taken once, by the earliest boundary.
  init(_ series: TumorSeries, plan: SplitPlan) {
    self.series = series
    var marks: [TumorScan?] = []
    var last = 0
    for boundary in plan.boundaries {
      let mark = series.nearestScan(to: boundary, within: plan.window, after: last)
      marks.append(mark)
      if let mark { last = mark.day }
    }
    self.marks = marks
    changes = Self.changes(series.baseline, marks, floor: plan.floor)
  }

  private static func changes(
    _ baseline: Millimeters?, _ marks: [TumorScan?], floor: Millimeters
  ) -> [Double?] {
    var before = baseline.flatMap { $0 > .zero ? $0 : nil }
    let hasBaseline = before != nil
    return marks.map { mark in
      defer { before = mark?.sum }
      // Without a size before treatment a patient is not in the analysis.
      guard hasBaseline, let start = before, let end = mark?.sum else { return nil }
      return log(ratio(end, to: start, floor: floor))
    }
  }

  /// Equal ratios of lengths give equal doubles, so that ties stay ties.
  fileprivate static func ratio(
    _ end: Millimeters, to start: Millimeters, floor: Millimeters
  ) -> Double {
    Double(max(end, floor).tenThousandths) / Double(max(start, floor).tenThousandths)
  }

  /// Whether a scan is there at every boundary.
  var isComplete: Bool { changes.allSatisfy { $0 != nil } }

  /// r₁, the log size change over the first window.
  var early: Double? { changes[0] }
  /// r₂, the log size change over the last window.
  var late: Double? { changes[changes.count - 1] }

  /// Whether a scan is just as far from its boundary as the tolerance allows.
  func isOnTheEdge(of plan: SplitPlan) -> Bool {
    zip(marks, plan.boundaries).contains { mark, boundary in
      mark.map { (Double($0.day) - boundary).magnitude == plan.window } ?? false
    }
  }

  /// The scans the last window lies between.
  var lateScans: (start: TumorScan, end: TumorScan)? {
    guard let start = marks[marks.count - 2], let end = marks[marks.count - 1] else { return nil }
    return (start, end)
  }
}

extension TumorSeries {
  /// r₂ alone, of a patient with a scan at every boundary of the plan.
  func lateChange(_ plan: SplitPlan, boundaries: [Double]) -> Double? {
    guard let baseline, baseline > .zero else { return nil }
    var (start, end, last) = (baseline, baseline, 0)
    for boundary in boundaries {
      guard let scan = nearestScan(to: boundary, within: plan.window, after: last),
        let sum = scan.sum
      else { return nil }
      (start, end, last) = (end, sum, scan.day)
    }
    return log(SubjectSplit.ratio(end, to: start, floor: plan.floor))
  }

  /// The measured scan nearest to a day; of two as near the earlier one.
  func nearestScan(to target: Double, within window: Double, after day: Int = 0) -> TumorScan? {
    var nearest: TumorScan?
    var least = Double.infinity
    for scan in scans where scan.day > day && scan.sum != nil {
      let distance = (Double(scan.day) - target).magnitude
      if distance <= window, distance < least { (nearest, least) = (scan, distance) }
    }
    return nearest
  }
}

extension SubjectSplit {
  /// When the tumor shrank by at least 10 %, early in the first window and late in the last.
  enum Category: String, CaseIterable, Sendable {
    case both
    case earlyOnly = "early-only"
    case lateOnly = "late-only"
    case none

    var label: String {
      switch self {
      case .both: "shrank early and late"
      case .earlyOnly: "early only"
      case .lateOnly: "late only"
      case .none: "neither"
      }
    }
  }

  /// The shrinkage that counts, as a log size ratio.
  ///
  /// Logs of equal ratios differ in their last digits, so that a hair is allowed.
  static let threshold = log(0.9) * (1 - 1e-12)

  /// Nil unless both changes are known.
  var category: Category? {
    guard let early, let late else { return nil }
    return switch (early <= Self.threshold, late <= Self.threshold) {
    case (true, true): .both
    case (true, false): .earlyOnly
    case (false, true): .lateOnly
    case (false, false): Category.none
    }
  }

  /// The slope of the log size over a window by least squares through every scan in it, a week.
  ///
  /// The first window begins with the baseline size on day 0.
  func weeklySlope(window index: Int, floor: Millimeters) -> Double? {
    guard let baseline = series.baseline, let end = marks[index] else { return nil }
    guard let start = index == 0 ? 0 : marks[index - 1]?.day else { return nil }
    var points = series.scans.compactMap { scan -> (day: Double, log: Double)? in
      guard let sum = scan.sum, scan.day >= start, scan.day <= end.day else { return nil }
      return (Double(scan.day), log(max(sum, floor).value))
    }
    if index == 0 { points.append((0, log(max(baseline, floor).value))) }
    let day = points.map(\.day).reduce(0, +) / Double(points.count)
    let size = points.map(\.log).reduce(0, +) / Double(points.count)
    let (products, squares) = points.reduce((0.0, 0.0)) { sums, point in
      let distance = point.day - day
      return (sums.0 + distance * (point.log - size), sums.1 + distance * distance)
    }
    return squares > 0 ? 7 * products / squares : nil
  }

  /// The late share of the shrinkage, where the tumor shrank in both windows.
  var lateShare: Double? {
    guard let early, let late, early < 0, late < 0 else { return nil }
    return late / (early + late)
  }
}
