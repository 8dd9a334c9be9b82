import PluginKit
import RECIST

/// When patients were scanned: the days of their first, second … measured scan after day 0.
struct ScanDays {
  struct Visit: Hashable {
    let median: Int
    let earliest: Int
    let latest: Int
    let patients: Int
  }

  private static let most = 6
  let visits: [Visit]
  private let series: [TumorSeries]

  init(_ series: [TumorSeries]) {
    self.series = series
    let days = series.map { $0.measured.map(\.day) }
    visits = (0..<Self.most).compactMap { index in
      let nth = days.filter { $0.count > index }.map { $0[index] }.sorted()
      guard let earliest = nth.first, let latest = nth.last else { return nil }
      return Visit(
        median: nth[nth.count / 2], earliest: earliest, latest: latest, patients: nth.count)
    }
  }

  /// The visits in words, such as "first day 57 (21 to 135, 72 patients)".
  var sentence: String {
    let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"]
    let parts = zip(ordinals, visits).map { ordinal, visit in
      "\(ordinal) day \(visit.median)"
        + (visit.earliest == visit.latest
          ? " (\(patients(visit.patients)))"
          : " (\(visit.earliest) to \(visit.latest), \(patients(visit.patients)))")
    }
    return "The scans there are, by their median day: " + parts.joined(separator: ", ") + "."
  }

  /// The two following visits whose median days most patients have scans near; nil where none
  /// are enough.
  func bestPair(window: Double, floor: Millimeters) -> (at: Int, until: Int, count: Int)? {
    let pairs = zip(visits, visits.dropFirst()).filter { $0.median < $1.median }
    let counted = pairs.map { start, end in
      let plan = SplitPlan(
        cuts: [Double(start.median)], until: Double(end.median), window: window, floor: floor)
      return (
        at: start.median, until: end.median,
        count: CohortSplit(series, plan: plan).contributors.count
      )
    }
    return counted.filter { $0.count >= SplitRefusal.fewest }.max { $0.count < $1.count }
  }
}
