internal import Glibc
import JSON
import PluginKit
import PluginProtocol
import Statistics

/// Turns a split into estimates, tests, tables, figures and notes.
struct SplitReport {
  let options: SplitOptions
  let cohort: Cohort
  let split: CohortSplit
  let control: ReferencePatients?
  let regimen: RegimenControls?
  let seed: UInt64

  private var plan: SplitPlan { split.plan }

  func write(into document: inout ResultDocument, _ context: RunContext) async throws {
    let model = try await modelReference(context)
    let tests = try LateChangeTests(split.late, zeros: options.zeros, level: options.level)
    let attrition = Attrition(split)
    let evidence = model?.evidence ?? .cited
    let sensitivity = Sensitivity(
      split: split, attrition: attrition, late: tests, zeros: options.zeros, level: options.level)
    // Both repeat the test many times, on another core than the rest.
    async let sensitivityTable = sensitivity.table()
    async let guards = Guards(
      split: split, sensitivity: sensitivity, tests: tests, options: options
    ).notes()
    writeLate(tests, evidence, into: &document)
    try writeFaster(into: &document)
    try ResponsePairs(split).write(level: options.level, into: &document)
    try WindowTable(split: split, options: options, late: tests).write(into: &document)
    document.tables.append(CategoryTable(split).table)
    document.tables.append(attrition.table)
    try context.checkCancellation()
    document.tables.append(try await sensitivityTable)
    SubjectMeasures(cohort: cohort, split: split, options: options).write(into: &document)
    if let control {
      document.notes += control.notes
      try ControlArm(control, split: split, options: options, seed: seed)
        .write(into: &document, context)
    }
    model?.write(split, into: &document)
    MixedModelReport(split: split, options: options, evidence: evidence).write(into: &document)
    let head = [
      evidence.note(contributors: split.contributors.count, of: cohort.series.count), daysNote,
      attrition.note,
    ]
    document.notes = head + cohort.notes + document.notes
    document.notes += try await guards
    document.primary = primary(tests)
    document.methods =
      MethodCard(options: options, cohort: cohort, tests: tests).choices + document.methods
    document.citations = MethodCard.citations + document.citations
    document.figures = SplitFigures(cohort: cohort, split: split).figures
  }

  private func modelReference(_ context: RunContext) async throws -> (any SimulatedReference)? {
    let simulation = ModelReference(cohort: cohort, split: split, options: options, seed: seed)
    switch options.reference {
    case .model(let rate, let text): return try await simulation.result(rate: rate, text: text)
    case .regimen:
      guard let regimen else { return nil }
      return try await simulation.result(regimen, context)
    case .arm, .dataset, nil: return nil
    }
  }

  // MARK: Test (i) and its estimates

  private func writeLate(
    _ tests: LateChangeTests, _ evidence: Evidence, into document: inout ResultDocument
  ) {
    let location = tests.location
    let interval = { (transform: (Double) -> Double) in
      ResultDocument.Interval(
        method: "hodges-lehmann", level: options.level, lower: transform(location.lower),
        upper: transform(location.upper))
    }
    document.estimates += [
      .init(
        name: "late-change-percent", label: "Late change of size",
        value: 100 * expm1(location.estimate), unit: "percent",
        interval: interval { 100 * expm1($0) }),
      .init(
        name: "late-change", label: "Late change, log size ratio", value: location.estimate,
        unit: "log ratio", interval: interval { $0 }),
      .init(
        name: "late-shrinking", label: "Still shrinking late",
        value: Double(split.shrinking) / Double(split.late.count), unit: "proportion",
        interval: shrinkingInterval,
        count: .init(events: split.shrinking, total: split.late.count)),
    ]
    document.tests += [
      .init(
        name: "late-change", method: "wilcoxon-" + tests.method.rawValue, alternative: "less",
        statistic: tests.wilcoxon.statistic, pValue: tests.pValue, versus: evidence.beside),
      .init(
        name: "late-change", method: "sign", alternative: "less",
        statistic: Double(tests.sign.positives), pValue: tests.sign.pValue(.less),
        versus: evidence.beside),
    ]
  }

  private var shrinkingInterval: ResultDocument.Interval? {
    guard
      let count = try? ResponseCount(responders: split.shrinking, patients: split.late.count),
      let interval = try? ProportionInterval(count, level: options.level, method: .clopperPearson)
    else { return nil }
    return .init(
      method: "clopper-pearson", level: options.level, lower: interval.lower,
      upper: interval.upper)
  }

  /// Test (ii): whether tumors change faster late than early.
  private func writeFaster(into document: inout ResultDocument) throws {
    let differences = zip(split.late, split.early).map { $0 - $1 }
    let test = try LateChangeTests(differences, zeros: options.zeros, level: options.level)
    document.estimates.append(
      .init(
        name: "late-less-early", label: "Late less early change, log size ratio",
        value: test.location.estimate, unit: "log ratio",
        interval: .init(
          method: "hodges-lehmann-difference", level: options.level, lower: test.location.lower,
          upper: test.location.upper)))
    document.tests.append(
      .init(
        name: "late-faster-than-early", method: "wilcoxon-paired-\(test.method.rawValue)",
        alternative: "less",
        statistic: test.wilcoxon.statistic, pValue: test.pValue,
        versus: "late change as early change"))
  }

  // MARK: Words

  private func primary(_ tests: LateChangeTests) -> ResultDocument.PrimaryPair {
    let location = tests.location
    return .init(
      interval: "hodges-lehmann", test: "wilcoxon-" + tests.method.rawValue,
      text: "\(split.shrinking) of \(split.late.count) still shrink between day"
        + " \(dayText(plan.lateStart)) and day \(dayText(plan.until)); late change"
        + " \(changeText(location.estimate)) (\(changeText(location.lower)) to"
        + " \(changeText(location.upper))), one-sided \(pSentence(tests.pValue)). Not"
        + " evidence of an immune effect.")
  }

  /// Which days were asked for, and on which scans lie.
  private var daysNote: Note {
    let parts = plan.boundaries.indices.map { index -> String in
      let days = split.contributors.compactMap { $0.marks[index]?.day }.sorted()
      let range =
        days.first.flatMap { first in
          days.last.map { first == $0 ? "\(first)" : "\(first) to \($0)" }
        }
        ?? "none"
      return "day \(dayText(plan.boundaries[index])) (scans on days \(range))"
    }
    return Note(
      .info, "windows.days",
      "Windows end on \(parts.joined(separator: " and ")); scans within \(dayText(plan.window)) days"
        + " count.")
  }
}
