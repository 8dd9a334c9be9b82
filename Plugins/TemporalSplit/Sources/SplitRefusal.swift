import PluginKit
import PluginProtocol

/// Too few patients with both scans is an answer: the one that names the scan days there are.
struct SplitRefusal {
  /// With fewer differences no exact 95 % interval exists: 2 · 2⁻⁵ is more than 5 %.
  static let fewest = 6

  let cohort: Cohort
  let split: CohortSplit

  func check() throws(Refusal) {
    guard split.contributors.count < Self.fewest else { return }
    let plan = split.plan
    let days = plan.boundaries.map(dayText)
    let near = plan.boundaries.indices.map { index in
      let count = cohort.series.count {
        $0.nearestScan(to: plan.boundaries[index], within: plan.window) != nil
      }
      return "\(count) \(count == 1 ? "has" : "have") a scan within \(dayText(plan.window)) days of"
        + " day \(days[index])"
    }
    let all = days.count > 2 ? "all of them" : "both"
    let number = split.contributors.count
    throw Refusal(
      "data.too-few-pairs",
      "of \(patients(cohort.series.count)) \(near.joined(separator: ", ")), and"
        + " \(number == 0 ? "none has" : "\(number) \(number == 1 ? "has" : "have")") \(all) with a"
        + " baseline size; at least \(Self.fewest) are needed. \(scanDays)", parameter: "at")
  }

  /// The days of the first, second … scan, and the pair of them that most patients have.
  private var scanDays: String {
    let visits = ScanDays(cohort.series)
    guard !visits.visits.isEmpty else { return "No patient has a measured scan after day 0." }
    let first = visits.sentence
    guard let pair = visits.bestPair(window: split.plan.window, floor: split.plan.floor) else {
      return first
    }
    return first + " at=\(pair.at)d until=\(pair.until)d would have \(patients(pair.count))."
  }
}
