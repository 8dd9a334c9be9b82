import JSON
import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// Derived responses against reported ones, and readers against each other.
struct Discordance {
  private let reader: ResponseReader
  private let set: ResponseRuleSet
  private let isDetailed: Bool
  /// Those who are analyzed.
  private let subjects: Set<String>

  init(
    _ reader: ResponseReader, _ rules: ResponseRules, of patients: [PatientResponses.Patient]
  ) {
    self.reader = reader
    set = rules.given
    isDetailed = rules.showsAll
    subjects = Set(patients.map(\.subject.subject))
  }

  /// One reader's responses, reported or derived.
  private struct Series {
    let label: String
    let visits: [String: [ImmuneVisit]]
  }

  private struct Comparison {
    let first: Series
    let second: Series
    var timePoints = 0
    var equalTimePoints = 0
    var patients = 0
    var equalPatients = 0
    var equalResponders = 0
    /// Subject, best by the first, best by the second, the first day they differ.
    var differences: [(String, String, String, Int?)] = []
  }

  func write(into document: inout ResultDocument) throws {
    let comparisons = try pairs().map(compare).filter { $0.patients > 0 }
    guard !comparisons.isEmpty else { return }
    let differs = comparisons.contains { $0.equalTimePoints < $0.timePoints }
    let isTabulated = isDetailed || differs
    if isTabulated { document.tables.append(agreement(comparisons)) }
    let rows = comparisons.flatMap(Self.rows)
    if !rows.isEmpty { document.tables.append(Self.patients(rows)) }
    document.notes += comparisons.filter { !isTabulated || !$0.differences.isEmpty }.map(Self.note)
  }

  // MARK: What is compared

  private func pairs() throws -> [(Series, Series)] {
    let reported = try reportedSeries()
    let derived = try derivedSeries()
    var pairs: [(Series, Series)] = []
    for (evaluator, series) in derived.sorted(by: { $0.key < $1.key }) {
      if let other = reported[evaluator] { pairs.append((series, other)) }
    }
    let readers = reported.isEmpty ? derived : reported
    let names = readers.keys.sorted()
    for (index, name) in names.enumerated() {
      for other in names[(index + 1)...] {
        if let first = readers[name], let second = readers[other] { pairs.append((first, second)) }
      }
    }
    return pairs
  }

  private func reportedSeries() throws -> [String: Series] {
    var visits: [String: [String: [ImmuneVisit]]] = [:]
    for assessment in try reader.dataset.assessments() {
      guard let overall = assessment.overall, fits(overall) else { continue }
      visits[assessment.evaluator ?? "", default: [:]][assessment.subject, default: []].append(
        ImmuneVisit(day: assessment.day, response: overall))
    }
    // A reader of one vocabulary is not one of the other.
    let isImmune = set.standard == .immune
    let readers = visits.filter { _, subjects in
      !isImmune || subjects.values.joined().contains { $0.response.category == nil }
    }
    return Self.series(readers, "reported")
  }

  private func fits(_ response: ResponseCode) -> Bool {
    set.standard == .immune || response.category != nil
  }

  private func derivedSeries() throws -> [String: Series] {
    var visits: [String: [String: [ImmuneVisit]]] = [:]
    for history in try reader.lesionVisits(set.standard) {
      visits[history.evaluator ?? "", default: [:]][history.subject] = history.visits
    }
    return Self.series(visits, "derived")
  }

  private static func series(
    _ visits: [String: [String: [ImmuneVisit]]], _ kind: String
  ) -> [String: Series] {
    visits.reduce(into: [:]) { series, reader in
      let name = reader.key.isEmpty ? "" : "\(reader.key), "
      series[reader.key] = Series(label: "\(name)\(kind)", visits: reader.value)
    }
  }

  private func compare(_ first: Series, _ second: Series) -> Comparison {
    var comparison = Comparison(first: first, second: second)
    for (subject, visits) in first.visits.sorted(by: { $0.key < $1.key }) {
      guard subjects.contains(subject), let others = second.visits[subject] else { continue }
      let byDay = Dictionary(others.map { ($0.day, $0.response) }) { first, _ in first }
      var firstDay: Int?
      for visit in visits.sorted(by: { $0.day < $1.day }) {
        guard let other = byDay[visit.day] else { continue }
        comparison.timePoints += 1
        if other == visit.response {
          comparison.equalTimePoints += 1
        } else if firstDay == nil {
          firstDay = visit.day
        }
      }
      add(subject, visits, others, firstDay, to: &comparison)
    }
    return comparison
  }

  private func add(
    _ subject: String, _ visits: [ImmuneVisit], _ others: [ImmuneVisit], _ firstDay: Int?,
    to comparison: inout Comparison
  ) {
    let best = PatientBest(visits, set, newTherapyDay: nil)
    let other = PatientBest(others, set, newTherapyDay: nil)
    comparison.patients += 1
    if best.response.isObjectiveResponse == other.response.isObjectiveResponse {
      comparison.equalResponders += 1
    }
    if best.code == other.code {
      comparison.equalPatients += 1
    } else {
      comparison.differences.append((subject, best.code.rawValue, other.code.rawValue, firstDay))
    }
  }

  // MARK: Tables and words

  private func agreement(_ comparisons: [Comparison]) -> ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "agreement", title: "Agreement of derived and reported responses, and of readers",
      columns: [
        .init("first", "First"), .init("second", "Second"),
        .init("time-points", "Time points", .count), .init("equal-time-points", "Equal", .count),
        .init("patients", "Patients", .count), .init("equal-best", "Same best", .count),
        .init("equal-responders", "Same responders", .count),
      ],
      rows: comparisons.map { comparison in
        let counts = [
          comparison.timePoints, comparison.equalTimePoints, comparison.patients,
          comparison.equalPatients, comparison.equalResponders,
        ]
        return [.string(comparison.first.label), .string(comparison.second.label)]
          + counts.map { .integer(Int64($0)) }
      })
  }

  private static func rows(_ comparison: Comparison) -> [[JSONValue]] {
    comparison.differences.map { subject, first, second, day in
      [
        .string(subject), .string(comparison.first.label), .string(first),
        .string(comparison.second.label), .string(second),
        day.map { .integer(Int64($0)) } ?? .null,
      ]
    }
  }

  private static func patients(_ rows: [[JSONValue]]) -> ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "discordant-patients", title: "Patients whose best overall responses differ",
      columns: [
        .init("subject", "Subject"), .init("first", "First"), .init("first-best", "Best"),
        .init("second", "Second"), .init("second-best", "Best"),
        .init("first-difference", "First differs on day", .count),
      ], rows: rows)
  }

  private static func note(_ comparison: Comparison) -> Note {
    let differs = comparison.patients - comparison.equalPatients
    return Note(
      differs == 0 ? .info : .caution, differs == 0 ? "discordance.none" : "discordance.best",
      "\(comparison.first.label) v \(comparison.second.label): \(comparison.equalTimePoints) of"
        + " \(comparison.timePoints) time points agree, and the best overall response of"
        + " \(comparison.equalPatients) of \(comparison.patients) patients.")
  }
}
