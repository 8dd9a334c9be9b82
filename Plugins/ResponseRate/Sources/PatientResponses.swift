import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TrialData

/// The best overall response of every patient of a data set, and how it was come by.
struct PatientResponses: Sendable {
  struct Patient: Sendable, Hashable {
    let subject: Subject
    /// Nil where only the event "response" is known.
    let best: PatientBest?
    let isResponder: Bool
    let isEvaluable: Bool
  }

  private(set) var patients: [Patient]
  private(set) var notes: [Note]
  /// Where the responses came from.
  let source: Options.ResponseSource
  /// Whose assessments were used; nothing where readers have no names.
  private let evaluator: String?
  private let reader: ResponseReader
  private let newTherapyDays: [String: Int]

  /// - Throws: `Refusal` where the data set cannot answer.
  init(_ file: RunRequest.DatasetFile, options: Options) throws {
    let dataset = try TrialDataset(path: file.path)
    reader = ResponseReader(
      dataset: dataset, name: file.name, source: options.source, evaluator: options.evaluator,
      needsVisits: options.rules.showsAll)
    let found = try reader.read(options.rules.given)
    let newTherapyDays = try reader.newTherapyDays()
    self.newTherapyDays = newTherapyDays
    source = found.source
    let selected = try options.selection.select(from: dataset, named: file.name)
    notes = selected.notes + found.notes
    let all = selected.subjects.map { subject in
      Self.patient(subject, found.responses, options.rules.given, newTherapyDays)
    }
    patients = try options.borrowing.select(all, control: options.frequentist.controlArm)
    evaluator = found.evaluator
  }

  private static func patient(
    _ subject: Subject, _ responses: ResponseReader.Responses, _ set: ResponseRuleSet,
    _ newTherapyDays: [String: Int]
  ) -> Patient {
    switch responses {
    case .visits(let visits):
      let best = PatientBest(
        visits[subject.subject] ?? [], set, newTherapyDay: newTherapyDays[subject.subject])
      return Patient(
        subject: subject, best: best, isResponder: best.response.isObjectiveResponse,
        isEvaluable: best.response.isEvaluable)
    case .events(let occurred):
      return Patient(
        subject: subject, best: nil, isResponder: occurred[subject.subject] ?? false,
        isEvaluable: occurred[subject.subject] != nil)
    }
  }

  func report(_ options: Options, into document: inout ResultDocument) throws {
    var counted = options.population == .evaluable ? patients.filter(\.isEvaluable) : patients
    guard !counted.isEmpty else {
      throw Refusal(
        "data.no-evaluable", "no patient has an evaluable response", parameter: "population")
    }
    var options = options
    options.borrowing.analyzed = AnalyzedPatients(
      population: options.population, evaluator: evaluator)
    let arms = try armComparison(&counted, &options, into: &document)
    let count = try ResponseRate.responseCount(counted.count(where: \.isResponder), counted.count)
    let report = RateReport(options: options)
    try report.write(count, into: &document)
    try writeStrata(arms, options, into: &document)
    try writeDiseaseControl(counted, options, into: &document)
    let own = patients.filter { arms == nil || $0.subject.arm != arms?.controlArm }
    try NotEvaluableCases(own, level: options.level).write(into: &document)
    if let table = BestResponseTable.of(counted, options.rules.given) {
      document.tables.insert(table, at: 0)
    }
    if let grouping = options.grouping {
      document.tables.insert(try groups(counted, grouping, report, into: &document), at: 0)
      let primary = try PrimaryMethods(options, against: options.control?.single)
      ForestFigure(
        grouping: grouping, control: options.control?.single, method: primary.interval.rawValue
      ).write(into: &document)
    }
    try TumorFigures(
      reader: reader, patients: counted, newTherapyDays: newTherapyDays, rules: options.rules.given
    ).write(into: &document)
    document.notes = notes + populationNotes(counted, options) + document.notes
    document.methods = methodCard(options) + document.methods
    try Discordance(reader, options.rules, of: patients).write(into: &document)
    try RuleComparison(reader, patients, newTherapyDays, options).write(into: &document)
  }

  // MARK: Disease control

  private func writeDiseaseControl(
    _ counted: [Patient], _ options: Options, into document: inout ResultDocument
  ) throws {
    guard source != .event else { return }
    let controlled = counted.count { $0.best?.isDiseaseControl ?? false }
    let count = try ResponseRate.responseCount(controlled, counted.count)
    let interval = try ProportionInterval(count, level: options.level)
    document.estimates.append(
      ResultDocument.Estimate(
        name: "disease-control-rate", label: "Disease control rate", value: count.rate,
        unit: "proportion",
        interval: .init(
          method: interval.method.rawValue, level: options.level, lower: interval.lower,
          upper: interval.upper),
        count: .init(events: controlled, total: counted.count)))
  }

  // MARK: Tables

  private func groups(
    _ counted: [Patient], _ grouping: Options.Grouping, _ report: RateReport,
    into document: inout ResultDocument
  ) throws -> ResultDocument.ResultTable {
    let byValue = Dictionary(grouping: counted) { grouping.value(of: $0.subject) }
    let primary = try PrimaryMethods(
      report.options, against: report.options.control?.single)
    var rows: [[JSONValue]] = []
    var tested: [(key: GroupKey, count: ResponseCount)] = []
    for key in byValue.keys.sorted() {
      let members = byValue[key] ?? []
      let count = try ResponseRate.responseCount(
        members.count(where: \.isResponder), members.count)
      tested.append((key, count))
      let estimate = try report.estimate(count, primary.interval, group: key.label)
      document.estimates.append(estimate)
      rows.append([
        .string(key.label), .integer(Int64(count.responders)), .integer(Int64(count.patients)),
        .number(count.rate), .number(estimate.interval?.lower ?? .nan),
        .number(estimate.interval?.upper ?? .nan),
      ])
    }
    try GroupTests(options: report.options, grouping: grouping, groups: tested)
      .write(into: &document)
    try ShrunkenGroups(options: report.options, grouping: grouping, groups: tested)
      .write(into: &document)
    return ResultDocument.ResultTable(
      name: "by-\(grouping.rawValue)", title: "Objective response rate by \(grouping.rawValue)",
      columns: [
        .init("group", grouping.rawValue), .init("responders", "Responders", .count),
        .init("patients", "Patients", .count), .init("rate", "Rate", .percent),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
      ], rows: rows)
  }

  // MARK: Words

  private func populationNotes(_ counted: [Patient], _ options: Options) -> [Note] {
    let notEvaluable = patients.count { !$0.isEvaluable }
    switch options.population {
    case .full, .measurable:
      let set =
        options.population == .measurable
        ? "Patients with measurable disease"
        : options.selection.condition == nil
          ? "Full analysis set: all \(patients.count) patients" : "\(patients.count) patients"
      return [
        Note(
          .info, "population.\(options.population.rawValue)",
          "\(set);"
            + " \(notEvaluable) without an evaluable response count as no response.")
      ]
    case .evaluable:
      return [
        Note(
          .caution, "population.evaluable",
          "\(counted.count) evaluable patients of \(patients.count); leaving out"
            + " \(notEvaluable) who were not evaluable raises the rate.")
      ]
    }
  }

  private func methodCard(_ options: Options) -> [ResultDocument.MethodChoice] {
    let set = options.rules.given
    var card: [ResultDocument.MethodChoice] = [
      .init(
        topic: "analysis set",
        choice: options.population.words
          + (options.selection.condition.map { ", where \($0.text)" } ?? ""),
        source: "Eisenhauer 2009, section 4.6"),
      .init(topic: "source of responses", choice: source.words(set.standard)),
    ]
    if source != .event { card.append(options.rules.methodChoice) }
    return card
  }
}

extension Options.Population {
  fileprivate var words: String {
    switch self {
    case .full: "full analysis set, not evaluable counts as no response"
    case .evaluable: "patients with an evaluable response"
    case .measurable: "patients with a target lesion, not evaluable counts as no response"
    }
  }
}

extension Options.ResponseSource {
  func words(_ standard: ResponseStandard) -> String {
    switch self {
    case .auto: "automatic"
    case .reported: "overall responses as reported"
    case .lesions: "\(standard.label) applied to the lesions"
    case .event: "the event \"response\" of the data set"
    }
  }
}
