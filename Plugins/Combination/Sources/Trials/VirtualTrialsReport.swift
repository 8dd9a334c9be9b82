import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// Turns what virtual trials showed into estimates, tables, a figure and notes.
struct VirtualTrialsReport {
  let plan: TrialPlan
  let backbone: SimulatedBackbone
  let tally: TrialTally

  var settings: VirtualTrialsSettings { plan.settings }

  /// Each arm with what the result calls it.
  var arms: [(name: String, label: String, tally: ArmTally)] {
    zip([("treated", "Treated"), ("control", "Control")], tally.arms).map { ($0.0, $0.1, $1) }
  }

  var tests: [(planned: PlannedTests.Planned, rejected: Int)] {
    zip(PlannedTests(plan).all, tally.rejections).map { ($0, $1) }
  }

  /// Whether nothing but chance tells the arms apart.
  var isWithoutEffect: Bool { plan.treatment.agent == nil || settings.effect == 0 }

  func document(analysis: String) -> ResultDocument {
    var document = ResultDocument(
      analysis: analysis, title: "Virtual trials of \(plan.treatment.title)")
    document.primary = primary
    document.estimates = tests.map(rejection) + arms.flatMap { shares($0.name, $0.tally) }
    document.tables =
      [testTable, progressionTable, responderTable] + [splitTable].compactMap(\.self)
    document.figures = [progressionFigure]
    document.methods = VirtualTrialsMethodCard(report: self).choices
    document.notes = VirtualTrialsNotes(report: self).notes
    document.citations =
      VirtualTrialsMethodCard.citations + ["\(plan.arm.trial): \(plan.arm.citation)"]
    return document
  }

  // MARK: Estimates

  /// How often a test is positive, with the limits that simulating leaves.
  private func rejection(
    _ planned: PlannedTests.Planned, _ rejected: Int
  ) -> ResultDocument.Estimate {
    .init(
      name: "positive-\(planned.name)",
      label: "\(planned.label): trials with p ≤ \(shortNumber(settings.alpha))",
      value: Double(rejected) / Double(tally.replicates), unit: "proportion",
      interval: limits(rejected, of: tally.replicates),
      count: .init(events: rejected, total: tally.replicates))
  }

  private func shares(_ name: String, _ arm: ArmTally) -> [ResultDocument.Estimate] {
    let median = arm.medianProgressionDay(on: settings.schedule)
    return [
      .init(
        name: "response-rate", label: "Response rate", value: arm.responseRate.value,
        unit: "proportion", interval: limits(arm.responders, of: arm.patients),
        count: .init(events: arm.responders, total: arm.patients), group: name),
      .init(
        name: "responders", label: "Responders of a trial, mean",
        value: Double(arm.responders) / Double(tally.replicates), group: name),
      .init(
        name: "median-progression", label: "Median time to progression", value: median,
        unit: "days", status: median == nil ? "not reached" : nil, group: name),
    ] + late(name, arm)
  }

  private func late(_ name: String, _ arm: ArmTally) -> [ResultDocument.Estimate] {
    guard let split = arm.split, let share = split.shrinkingShare else { return [] }
    return [
      .init(
        name: "late-shrinking", label: "Still shrinking late", value: share.value,
        unit: "proportion", interval: limits(split.shrinkingLate, of: split.contributors),
        count: .init(events: split.shrinkingLate, total: split.contributors), group: name)
    ]
  }

  /// Monte Carlo limits: what other seeds would give, nothing of what is not known about patients.
  func limits(_ events: Int, of total: Int) -> ResultDocument.Interval? {
    guard let count = try? ResponseCount(responders: events, patients: total),
      let interval = try? ProportionInterval(
        count, level: settings.level, method: .clopperPearson)
    else { return nil }
    return .init(
      method: "clopper-pearson", level: settings.level, lower: interval.lower,
      upper: interval.upper)
  }

  // MARK: Words

  private var primary: ResultDocument.PrimaryPair? {
    guard let first = tests.first else { return nil }
    let size =
      settings.controlPatients.map { "\(settings.patients) against \($0)" }
      ?? "\(settings.patients)"
    let limits = limits(first.rejected, of: tally.replicates).map {
      " (\(percent($0.lower)) to \(percent($0.upper)) by simulating alone)"
    }
    let subject =
      isWithoutEffect
      ? "Without any effect"
      : "If the immune kill were \(shortNumber(settings.effect)) a day at full dose,"
    return .init(
      interval: "clopper-pearson", test: first.planned.method,
      text:
        "\(subject) \(percent(Double(first.rejected) / Double(tally.replicates)))\(limits ?? "") of"
        + " \(tally.replicates) trials of \(size) patients are positive for \(first.planned.label.lowercased())"
        + " (\(first.planned.method) p ≤ \(shortNumber(settings.alpha))).")
  }
}
