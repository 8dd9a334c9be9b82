import JSON
import PluginProtocol
import RECIST

/// Why patients have no late change.
struct Attrition: Sendable {
  enum Reason: String, CaseIterable, Sendable {
    case contributes
    case noBaseline = "no-baseline"
    case death
    case progression
    case onlyLater = "only-later"
    case noScan = "no-scan"

    var label: String {
      switch self {
      case .contributes: "contributes"
      case .noBaseline: "no size at baseline"
      case .death: "died first"
      case .progression: "progressed first"
      case .onlyLater: "scanned later, but not within the window"
      case .noScan: "no measured scan so late"
      }
    }
  }

  let plan: SplitPlan
  let reasons: [Reason]

  init(_ split: CohortSplit) {
    plan = split.plan
    reasons = split.subjects.map { Self.reason($0, split.plan) }
  }

  /// The first cause that holds: nothing at baseline, death, progression, no scan.
  private static func reason(_ subject: SubjectSplit, _ plan: SplitPlan) -> Reason {
    if subject.isComplete { return .contributes }
    let series = subject.series
    guard let baseline = series.baseline, baseline > .zero else { return .noBaseline }
    let end = plan.until + plan.window
    let progression = series.progressionDay.map(Double.init) ?? .infinity
    let death = series.deathDay.map(Double.init) ?? .infinity
    if progression <= end, progression <= death { return .progression }
    if death <= end { return .death }
    let last = plan.until - plan.window
    return series.scans.contains { $0.sum != nil && Double($0.day) >= last } ? .onlyLater : .noScan
  }

  func count(_ reason: Reason) -> Int { reasons.count { $0 == reason } }

  var note: Note {
    let left = Reason.allCases.dropFirst().filter { count($0) > 0 }
      .map { "\(count($0)) \($0.label)" }
    let others = left.isEmpty ? "" : "; of the others \(left.joined(separator: ", "))"
    return Note(
      .caution, "late-window.at-risk",
      "\(count(.contributes)) of \(reasons.count) patients are in the late window\(others)."
        + (count(.contributes) < reasons.count
          ? " Whoever left early is not there to grow: the late window holds survivors." : ""))
  }

  var table: ResultDocument.ResultTable {
    .init(
      name: "late-window", title: "Who is in the late window",
      columns: [.init("reason", "Patients"), .init("patients", "n", .count)],
      rows: Reason.allCases.map { [.string($0.label), .integer(Int64(count($0)))] }
        .filter { $0[1] != .integer(0) })
  }
}
