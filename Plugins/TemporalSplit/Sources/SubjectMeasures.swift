import JSON
import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// Early shrinkage, depth of response and the times, of all patients and of each.
struct SubjectMeasures {
  let cohort: Cohort
  let split: CohortSplit
  let options: SplitOptions

  /// A longer list belongs in an export.
  private static let longestList = 5000

  func write(into document: inout ResultDocument) {
    writeShrinkage(into: &document)
    writeDepthAndTimes(into: &document)
    writeList(into: &document)
  }

  // MARK: All patients

  /// The scan early shrinkage is judged at.
  private struct Shrinkage {
    let day: Int
    let baseline: Millimeters
    let sum: Millimeters

    var share: Double { 1 - sum.value / baseline.value }

    /// Both bounds are lengths in exact decimals: -20 % exactly counts.
    func reaches(percent: Int64) -> Bool {
      sum.tenThousandths * 100 <= baseline.tenThousandths * (100 - percent)
    }
  }

  private func shrinkage(_ series: TumorSeries) -> Shrinkage? {
    guard let baseline = series.baseline, baseline > .zero,
      let scan = series.nearestScan(to: options.shrinkageDay, within: split.plan.window),
      let sum = scan.sum
    else { return nil }
    return Shrinkage(day: scan.day, baseline: baseline, sum: sum)
  }

  private func writeShrinkage(into document: inout ResultDocument) {
    let found = cohort.series.compactMap(shrinkage)
    guard let first = found.map(\.day).min(), let last = found.map(\.day).max() else { return }
    for limit in [20, 30] {
      let count = found.count { $0.reaches(percent: Int64(limit)) }
      document.estimates.append(
        .init(
          name: "early-shrinkage-\(limit)",
          label: "Early tumor shrinkage of at least \(limit) %",
          value: Double(count) / Double(found.count), unit: "proportion",
          count: .init(events: count, total: found.count)))
    }
    document.notes.append(
      Note(
        .info, "early-shrinkage.day",
        "Early tumor shrinkage is judged at the scan nearest to day"
          + " \(dayText(options.shrinkageDay)): days \(first) to \(last), \(patients(found.count)) of"
          + " \(cohort.series.count)."))
  }

  private func writeDepthAndTimes(into document: inout ResultDocument) {
    let depths = cohort.series.compactMap(\.depthOfResponse)
    let response = cohort.series.compactMap(\.responseDay).map(Double.init)
    let growths = cohort.series.compactMap(\.growth)
    let seen = growths.filter(\.isSeen).map { Double($0.day) }
    if let depth = depths.median {
      document.estimates.append(
        .init(
          name: "depth-of-response", label: "Depth of response, median of \(depths.count)",
          value: depth, unit: "proportion"))
    }
    if let day = response.median {
      document.estimates.append(
        .init(
          name: "time-to-response", label: "Time to response, median of \(response.count)",
          value: day, unit: "days"))
    }
    if let day = seen.median {
      document.estimates.append(
        .init(
          name: "time-to-growth", label: "Time to growth, median of \(seen.count) who grew",
          value: day, unit: "days"))
      document.notes.append(
        Note(
          .info, "time-to-growth.censored",
          "Time to growth is the day of the smallest sum, where a later one is larger:"
            + " \(seen.count) of \(growths.count) patients; the others had not grown when last seen,"
            + " so that the median is too short."))
    }
  }

  // MARK: Each patient

  private static let columns: [ResultDocument.Column] = [
    .init("subject", "Patient"), .init("baseline", "Baseline, mm", .number),
    .init("early_day", "First cut, day", .count), .init("late_day", "End, day", .count),
    .init("r1", "Early change (log)", .number), .init("r2", "Late change (log)", .number),
    .init("slope1", "Early slope a week", .number), .init("slope2", "Late slope a week", .number),
    .init("category", "Shrank 10 %"), .init("late_share", "Late share", .percent),
    .init("early_shrinkage", "Early shrinkage", .percent),
    .init("depth", "Depth of response", .percent),
    .init("response_day", "Response, day", .count), .init("growth_day", "Smallest, day", .count),
    .init("grew", "Grew again"), .init("reason", "Late window"),
  ]

  private func writeList(into document: inout ResultDocument) {
    guard options.listing != .none else { return }
    let reasons = Attrition(split).reasons
    let chosen = split.subjects.indices.filter { index in
      options.listing == .all || split.subjects[index].isComplete
    }
    guard chosen.count <= Self.longestList else {
      document.notes.append(
        Note(
          .caution, "subjects.too-many",
          "\(chosen.count) patients are not listed one by one; at most \(Self.longestList) are."))
      return
    }
    document.tables.append(
      .init(
        name: "subjects", title: "Patient by patient", columns: Self.columns,
        rows: chosen.map { row(split.subjects[$0], reasons[$0]) }))
  }

  private func row(_ subject: SubjectSplit, _ reason: Attrition.Reason) -> [JSONValue] {
    let series = subject.series
    let number = { (value: Double?) -> JSONValue in value.map { .number($0) } ?? .null }
    let count = { (value: Int?) -> JSONValue in value.map { .integer(Int64($0)) } ?? .null }
    let last = subject.marks.count - 1
    let floor = split.plan.floor
    return [
      .string(series.subject.subject), number(series.baseline?.value),
      count(subject.marks[0]?.day), count(subject.marks[last]?.day), number(subject.early),
      number(subject.late), number(subject.weeklySlope(window: 0, floor: floor)),
      number(subject.weeklySlope(window: last, floor: floor)),
      .string(subject.category?.rawValue ?? ""), number(subject.lateShare),
      number(shrinkage(series)?.share), number(series.depthOfResponse), count(series.responseDay),
      count(series.growth?.day), .string(series.growth.map { $0.isSeen ? "yes" : "no" } ?? ""),
      .string(reason.label),
    ]
  }
}
