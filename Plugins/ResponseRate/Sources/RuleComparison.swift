import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TrialData

/// The same patients under every published rule set, beside the one that was asked for.
struct RuleComparison {
  private let reader: ResponseReader
  private let patients: [PatientResponses.Patient]
  private let newTherapyDays: [String: Int]
  private let options: Options

  init(
    _ reader: ResponseReader, _ patients: [PatientResponses.Patient],
    _ newTherapyDays: [String: Int], _ options: Options
  ) {
    self.reader = reader
    self.patients = patients
    self.newTherapyDays = newTherapyDays
    self.options = options
  }

  /// One rule set and what it makes of the patients.
  private struct Row {
    let set: ResponseRuleSet
    let source: Options.ResponseSource
    let bests: [String: PatientBest]
    let count: ResponseCount
    let controlled: Int
    let undecided: Int
  }

  func write(into document: inout ResultDocument) throws {
    guard options.rules.showsAll else {
      document.notes += undecidedNote(patients.compactMap(\.best))
      return
    }
    var left: [Note] = []
    let sets = sets
    var rows: [Row] = []
    for set in sets {
      do {
        if let row = try row(set) { rows.append(row) }
      } catch let refusal as Refusal where refusal.kind.hasPrefix("data.") {
        left.append(
          Note(.info, "rules.not-derivable", "\(set.name) is not shown: \(refusal.message)."))
      }
    }
    guard let given = rows.first else {
      throw Refusal(
        "data.no-visits",
        "rules=all needs reported responses or lesion measurements; \(reader.name) has only the"
          + " event \"response\"", parameter: "rules")
    }
    let table = try table(rows)
    document.title = "Objective response rate: \(range(rows)) as the rules vary"
    document.tables.insert(contentsOf: [table, changes(rows, from: given)], at: 0)
    document.notes = [summary(rows, given)] + document.notes + left
    document.methods += sets.map {
      .init(
        topic: "rules \($0.name)", choice: "\($0.standard.label), \($0.words)", source: $0.source)
    }
    for set in sets where !document.citations.contains(set.standard.citation) {
      document.citations.append(set.standard.citation)
    }
  }

  /// The given rules first; a published set that says the same carries its own name only.
  private var sets: [ResponseRuleSet] {
    let given = options.rules.given
    let same = ResponseRuleSet.published.first {
      $0.standard == given.standard && $0.best == given.best
    }
    var first = given
    first.name = same.map { "\($0.name) (given)" } ?? "as given"
    return [first] + ResponseRuleSet.published.filter { $0.name != same?.name }
  }

  private func row(_ set: ResponseRuleSet) throws -> Row? {
    let found = try reader.read(set)
    guard case .visits(let visits) = found.responses else { return nil }
    var bests: [String: PatientBest] = [:]
    for patient in patients {
      let name = patient.subject.subject
      let best = PatientBest(visits[name] ?? [], set, newTherapyDay: newTherapyDays[name])
      if options.population != .evaluable || best.response.isEvaluable { bests[name] = best }
    }
    guard !bests.isEmpty else { return nil }
    return Row(
      set: set, source: found.source, bests: bests,
      count: try ResponseRate.responseCount(
        bests.values.count(where: \.response.isObjectiveResponse), bests.count),
      controlled: bests.values.count(where: \.isDiseaseControl),
      undecided: bests.values.count {
        $0.undecided?.visit.response.isObjectiveResponse == true
          && !$0.response.isObjectiveResponse
      })
  }

  // MARK: Tables

  private func table(_ rows: [Row]) throws -> ResultDocument.ResultTable {
    let cells = try rows.map { row -> [JSONValue] in
      let interval = try ProportionInterval(row.count, level: options.level)
      return [
        .string(row.set.name), .string(row.source.rawValue),
        .integer(Int64(row.count.responders)), .integer(Int64(row.count.patients)),
        .number(row.count.rate), .number(interval.lower), .number(interval.upper),
        .integer(Int64(row.controlled)), .number(Double(row.controlled) / Double(row.bests.count)),
        .integer(Int64(row.undecided)),
      ]
    }
    return ResultDocument.ResultTable(
      name: "rules", title: "Response rate and disease control rate by rule set",
      columns: [
        .init("rules", "Rules"), .init("source", "From"), .init("responders", "n", .count),
        .init("patients", "of", .count), .init("rate", "ORR", .percent),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
        .init("disease-control", "DC", .count), .init("disease-control-rate", "DCR", .percent),
        .init("undecided", "Open", .count),
      ], rows: cells)
  }

  /// Who has another best response under other rules, and why.
  private func changes(_ rows: [Row], from given: Row) -> ResultDocument.ResultTable {
    var cells: [[JSONValue]] = []
    for patient in patients {
      let name = patient.subject.subject
      guard let before = given.bests[name] else { continue }
      var seen: [(code: ResponseCode, names: [String], why: String)] = []
      for row in rows.dropFirst() {
        guard let after = row.bests[name], after.code.rank != before.code.rank else { continue }
        if let index = seen.firstIndex(where: { $0.code == after.code }) {
          seen[index].names.append(row.set.name)
        } else {
          seen.append((after.code, [row.set.name], Self.reason(before, after, row.set)))
        }
      }
      cells += seen.map { change in
        [
          .string(name), .string(before.code.rawValue), .string(change.code.rawValue),
          .string(change.names.joined(separator: ", ")), .string(change.why),
        ]
      }
    }
    return ResultDocument.ResultTable(
      name: "rule-changes",
      title: "Patients whose best overall response depends on the rules",
      columns: [
        .init("subject", "Subject"), .init("given", "Given"), .init("other", "Else"),
        .init("rules", "Under"), .init("reason", "Why"),
      ], rows: cells)
  }

  /// The assessment that counts for less (or more) than it did.
  private static func reason(
    _ before: PatientBest, _ after: PatientBest, _ set: ResponseRuleSet
  ) -> String {
    let (worse, better) = after.response < before.response ? (after, before) : (before, after)
    let lost = worse.decisions.first {
      $0.visit.day == better.day && $0.visit.response >= better.response
        && $0.worth < better.response
    }
    if let lost { return lost.clause() }
    let changed = zip(before.decisions, after.decisions).first {
      $0.visit.response != $1.visit.response
    }
    guard let (old, new) = changed, old.visit.day == new.visit.day else {
      return "\(set.standard.label) reads other assessments"
    }
    return "day \(new.visit.day) is \(new.visit.response.rawValue) rather than"
      + " \(old.visit.response.rawValue) by \(set.standard.label)"
  }

  // MARK: Words

  private func range(_ rows: [Row]) -> String {
    let sorted = rows.map(\.count).sorted { $0.rate < $1.rate }
    guard let low = sorted.first, let high = sorted.last else { return "" }
    let text = "\(low.responders)/\(low.patients)"
    return low.rate == high.rate ? "\(text)" : "\(text) to \(high.responders)/\(high.patients)"
  }

  private func summary(_ rows: [Row], _ given: Row) -> Note {
    let rates = rows.map(\.count.rate)
    let count = given.count
    let own = "\(count.responders)/\(count.patients) (\(percent(count.rate)))"
    guard let low = rates.min(), let high = rates.max(), low < high else {
      return Note(
        .info, "rules.same",
        "All \(rows.count) rule sets give \(own): the rules do not matter here.")
    }
    let lowest = rows.filter { $0.count.rate == low }.map(\.set.name)
    return Note(
      .caution, "rules.matter",
      "The rules decide the rate: \(own) under \(given.set.name), from \(range(rows))"
        + " (\(points(low)) to \(points(high)) %) over all; lowest under"
        + " \(lowest.joined(separator: ", ")).")
  }

  /// Responses that no later scan could confirm.
  private func undecidedNote(_ bests: [PatientBest]) -> [Note] {
    let open = bests.filter {
      $0.undecided?.visit.response.isObjectiveResponse == true
        && !$0.response.isObjectiveResponse
    }
    guard !open.isEmpty else { return [] }
    let best = bests.count(where: \.response.isObjectiveResponse) + open.count
    return [
      Note(
        .caution, "responses.not-derivable",
        "\(open.count) patient\(open.count == 1 ? " has a response" : "s have responses") first seen"
          + " at the last scan: confirmation is not derivable, and they do not count as responders."
          + " If all were confirmed, \(best)/\(patients.count) would respond.")
    ]
  }
}
