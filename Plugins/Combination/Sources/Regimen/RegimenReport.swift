import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The result of `regimen show`: what is given on which day.
struct RegimenReport: Sendable {
  let treatment: Treatment
  let calendar: TreatmentCalendar

  init(_ treatment: Treatment) {
    self.treatment = treatment
    calendar = TreatmentCalendar(treatment.regimen, with: treatment.agent?.declared)
  }

  private var regimen: Regimen { calendar.regimen }

  var document: ResultDocument {
    var document = ResultDocument(analysis: "regimen", title: treatment.title)
    document.estimates = estimates
    document.tables = [drugs, cycles, constants].compactMap(\.self)
    document.figures = [figure]
    document.notes = notes
    document.citations = regimen.controls.map(\.citation).uniqued
    return document
  }

  private var estimates: [ResultDocument.Estimate] {
    calendar.rows.map { row in
      ResultDocument.Estimate(
        name: "givings", label: "Given in \(shortNumber(calendar.weeks)) weeks",
        value: Double(row.days.count), group: row.drug.name)
    } + [
      ResultDocument.Estimate(
        name: "duration", label: "Duration shown", value: calendar.weeks, unit: "weeks")
    ]
  }
}

extension RegimenReport {
  private var drugs: ResultDocument.ResultTable {
    .init(
      name: "drugs", title: "What is given",
      columns: [
        .init("drug", "Drug"), .init("dose", "Dose"), .init("route", "Route"),
        .init("days", "Days of the cycle"), .init("cycle", "Cycle, days", .count),
        .init("given", "Given", .count), .init("total", "Total dose", .number),
        .init("infusion", "Infusion, h", .number), .init("verified", "Dose and days"),
      ],
      rows: calendar.rows.map { row in
        let drug = row.drug
        let cycle = row.isImmune ? calendar.agent?.course.cycleDays : regimen.course.cycleDays
        let isUnverified = drug.verification != .complete
        return [
          .string(drug.name), .string(drug.doseText), .string(drug.route.rawValue),
          .string(dayList(drug.days)), .integer(Int64(cycle ?? 0)),
          .integer(Int64(row.days.count)),
          drug.unit == .areaUnderCurve ? .null : JSONValue(row.totalDose),
          drug.infusionHours.map { JSONValue($0) } ?? .null,
          .string(isUnverified ? "unverified" : "verified"),
        ]
      })
  }

  private var cycles: ResultDocument.ResultTable {
    .init(
      name: "calendar", title: "Calendar, days of treatment",
      columns: [
        .init("cycle", "Cycle", .count), .init("from", "From day", .count),
        .init("to", "To day", .count),
      ]
        + calendar.rows.map { .init($0.drug.name, $0.drug.name) },
      rows: calendar.cycles.map { row(.integer(Int64($0.number)), $0.days) } + after)
  }

  private func row(_ cycle: JSONValue, _ days: ClosedRange<Int>) -> [JSONValue] {
    [cycle, .integer(Int64(days.lowerBound)), .integer(Int64(days.upperBound))]
      + calendar.rows.map { .string(dayList($0.days.filter(days.contains))) }
  }

  /// What is left of an agent that goes on after the backbone's cycles.
  private var after: [[JSONValue]] {
    let last = calendar.cycles.last?.days.upperBound ?? 0
    return last < calendar.days ? [row("after", (last + 1)...calendar.days)] : []
  }

  private var constants: ResultDocument.ResultTable? {
    let declared = regimen.constants + (calendar.agent?.constants ?? [])
    guard !declared.isEmpty else { return nil }
    return .init(
      name: "constants", title: "Constants of the tumor-dynamics engine",
      columns: [
        .init("constant", "Constant"), .init("value", "Value", .number), .init("unit", "Unit"),
        .init("basis", "Basis"), .init("source", "Source"),
      ],
      rows: declared.map { constant in
        [
          .string(constant.name), .number(constant.value), .string(constant.unit),
          .string(constant.basis.rawValue + (constant.isUnverified ? ", unverified" : "")),
          .string(constant.source),
        ]
      })
  }

  private var figure: ResultDocument.Figure {
    let bars = ResultDocument.Series(
      name: "course", label: "Course", x: calendar.rows.map { _ in .integer(Int64(calendar.days)) },
      y: calendar.rows.map { .string($0.drug.name) },
      lower: calendar.rows.map { .integer(Int64($0.days.first ?? 1)) },
      upper: calendar.rows.map { row in
        .integer(Int64(row.isOpenEnded ? calendar.days : row.days.last ?? 1))
      }, labels: calendar.rows.map(\.givings), style: .bars)
    let points = calendar.rows.map { row in
      ResultDocument.Series(
        name: row.drug.name, label: "\(row.drug.name) \(row.drug.doseText)",
        x: row.days.map { .integer(Int64($0)) }, y: row.days.map { _ in .string(row.drug.name) },
        style: .points)
    }
    let open = calendar.rows.filter(\.isOpenEnded)
    let arrows = ResultDocument.Series(
      name: "open", label: "Until progression", x: open.map { _ in .integer(Int64(calendar.days)) },
      y: open.map { .string($0.drug.name) }, style: .arrows)
    return .init(
      name: "calendar", kind: .swimmer, title: treatment.title,
      axes: [
        .init(name: "x", label: "Day of treatment", unit: "days", minimum: 0),
        .init(name: "y", label: "Drug"),
      ], series: [bars] + points + (open.isEmpty ? [] : [arrows]),
      alternativeText: "A row for each drug with a mark on every day it is given. \(summary)")
  }
}

extension RegimenReport {
  /// How often what is given, in one sentence.
  private var summary: String {
    let parts = calendar.rows.map { "\($0.givings) of \($0.drug.name)" }
    return "\(sentenceList(parts)) in \(shortNumber(calendar.weeks)) weeks."
  }

  private var notes: [Note] {
    var notes = [Note(.info, "regimen.counts", summary)]
    let open = calendar.rows.filter(\.isOpenEnded).map(\.drug.name)
    if !open.isEmpty {
      notes.append(
        Note(
          .info, "regimen.open-ended",
          "\(sentenceList(open)) until progression; \(shortNumber(calendar.weeks)) weeks of it are"
            + " shown."))
    }
    for drug in calendar.rows.map(\.drug) {
      if let note = drug.note { notes.append(Note(.info, "regimen.drug", "\(drug.name): \(note)")) }
    }
    if let agent = calendar.agent {
      notes.append(
        Note(
          .info, "regimen.doses",
          "Doses of \(agent.title) that were given:"
            + " \(sentenceList(agent.doseLevels.map(shortNumber))) \(agent.drug.unit.rawValue)."))
    }
    let remarks = regimen.remarks + (calendar.agent?.remarks ?? [])
    notes += remarks.map { Note(.info, "regimen.remark", $0) }
    let unverified = calendar.rows.map(\.drug).filter { $0.verification != .complete }.map(\.name)
    if !unverified.isEmpty {
      notes.append(
        Note(
          .caution, "regimen.unverified",
          "Dose or days of \(sentenceList(unverified)) have not been compared with the paper."))
    }
    let courses = treatment.unverifiedWords
    if !courses.isEmpty {
      notes.append(
        Note(
          .caution, "regimen.unverified",
          "Not compared with the paper: \(courses.joined(separator: "; "))."))
    }
    return notes
  }
}
