import PluginProtocol
import RECIST
import TrialData

/// Finds the responses of a data set's patients, from the best source it has.
struct ResponseReader {
  enum Responses: Sendable {
    case visits([String: [ImmuneVisit]])
    case events([String: Bool])
  }

  struct Found: Sendable {
    let responses: Responses
    let source: Options.ResponseSource
    /// Whose assessments were used; nothing for an event, or where readers have no names.
    var evaluator: String?
    let notes: [Note]
  }

  let dataset: TrialDataset
  let name: String
  let source: Options.ResponseSource
  let evaluator: String?
  /// Whether responses with their visits come before the event "response".
  let needsVisits: Bool

  /// The responses by the criteria of a rule set.
  ///
  /// Reported responses were read by RECIST 1.1 as far as anybody knows, so that other criteria
  /// are applied to the lesions where there are any. Nothing but visits can be confirmed.
  func read(_ set: ResponseRuleSet) throws -> Found {
    switch source {
    case .reported:
      if let found = try reported(set) { return found }
      throw set.standard == .immune
        ? nothing("reported iRECIST responses") : nothing("reported overall responses")
    case .lesions:
      guard let found = try fromLesions(set) else { throw nothing("lesion measurements") }
      return found
    case .event:
      guard let found = try fromEvents(set) else { throw nothing("event \"response\"") }
      return found
    case .auto:
      if let found = try automatic(set) { return found }
      throw Refusal(
        "data.no-responses",
        "the data set \(name) has neither reported responses, nor an event \"response\", nor"
          + " lesion measurements")
    }
  }

  private func automatic(_ set: ResponseRuleSet) throws -> Found? {
    switch set.standard {
    case .recist1_0: try fromLesions(set) ?? reported(set) ?? fromEvents(set)
    case .immune: try reported(set) ?? fromLesions(set) ?? fromEvents(set)
    case .recist1_1:
      set.best.confirmation == nil && !needsVisits
        ? try reported(set) ?? fromEvents(set) ?? fromLesions(set)
        : try reported(set) ?? fromLesions(set) ?? fromEvents(set)
    }
  }

  private func nothing(_ what: String) -> Refusal {
    Refusal("data.no-responses", "the data set \(name) has no \(what)", parameter: "from")
  }

  // MARK: Reported responses

  private func reported(_ set: ResponseRuleSet) throws -> Found? {
    let assessments = try dataset.assessments().filter { $0.overall != nil }
    guard !assessments.isEmpty else { return nil }
    let evaluator = try chosenEvaluator(among: Set(assessments.map(\.evaluator)))
    let own = assessments.filter { $0.evaluator == evaluator.name }
    let immune = own.count { $0.overall?.category == nil }
    if set.standard == .immune {
      return immune == 0 ? nil : found(own, evaluator.name, evaluator.notes)
    }
    guard immune < own.count else { return nil }
    var notes = evaluator.notes
    if immune > 0 {
      notes.append(
        Note(
          .caution, "responses.immune",
          "\(immune) iRECIST responses were left out: the rate is by RECIST."))
    }
    if set.standard == .recist1_0 {
      notes.append(
        Note(
          .caution, "responses.criteria",
          "The reported responses are taken as they are: without lesion measurements RECIST 1.0"
            + " changes only what has to be confirmed."))
    }
    return found(own.filter { $0.overall?.category != nil }, evaluator.name, notes)
  }

  private func found(
    _ assessments: [Assessment], _ evaluator: String?, _ notes: [Note]
  ) -> Found {
    var visits: [String: [ImmuneVisit]] = [:]
    for assessment in assessments {
      guard let overall = assessment.overall else { continue }
      visits[assessment.subject, default: []].append(
        ImmuneVisit(day: assessment.day, response: overall))
    }
    return Found(responses: .visits(visits), source: .reported, evaluator: evaluator, notes: notes)
  }

  // MARK: Events

  private func fromEvents(_ set: ResponseRuleSet) throws -> Found? {
    let events = try dataset.events().filter { $0.endpoint == "response" }
    guard !events.isEmpty else { return nil }
    guard set.best.confirmation == nil, set.standard != .immune else {
      throw Refusal(
        "data.no-visits",
        "the event \"response\" of \(name) does not say when it was seen or by which criteria:"
          + " confirmation and criteria= need reported responses or lesion measurements",
        parameter: set.standard == .recist1_1 ? "confirm" : "criteria")
    }
    let occurred = Dictionary(
      events.map { ($0.subject, $0.occurred) }, uniquingKeysWith: { $0 || $1 })
    return Found(responses: .events(occurred), source: .event, notes: [])
  }

  /// The first day of another anti-cancer therapy, from the event "new-therapy".
  func newTherapyDays() throws -> [String: Int] {
    var days: [String: Int] = [:]
    for event in try dataset.events() where event.endpoint == "new-therapy" && event.occurred {
      if let day = event.day { days[event.subject] = min(day, days[event.subject] ?? .max) }
    }
    return days
  }

  // MARK: Lesions

  private func fromLesions(_ set: ResponseRuleSet) throws -> Found? {
    let histories = try lesionVisits(set.standard)
    guard !histories.isEmpty else { return nil }
    let evaluator = try chosenEvaluator(among: Set(histories.map(\.evaluator)))
    let chosen = histories.filter { $0.evaluator == evaluator.name }
    let visits = Dictionary(
      chosen.map { ($0.subject, $0.visits) }, uniquingKeysWith: { first, _ in first })
    let problems = chosen.filter { !$0.problems.isEmpty }
    let notes = problems.isEmpty ? [] : [Self.baselineNote(problems, set.standard)]
    return Found(
      responses: .visits(visits), source: .lesions, evaluator: evaluator.name,
      notes: evaluator.notes + notes)
  }

  /// What lesions say, by one reader of one patient.
  struct LesionVisits {
    let subject: String
    let evaluator: String?
    let visits: [ImmuneVisit]
    let problems: [BaselineProblem]
  }

  func lesionVisits(_ standard: ResponseStandard) throws -> [LesionVisits] {
    if standard == .immune {
      return try dataset.immuneLesionHistories().map {
        LesionVisits(
          subject: $0.subject, evaluator: $0.evaluator, visits: $0.visits,
          problems: $0.baselineProblems)
      }
    }
    return try dataset.lesionHistories(criteria: standard.criteria).map { history in
      LesionVisits(
        subject: history.subject, evaluator: history.evaluator,
        visits: history.visits.map { ImmuneVisit(day: $0.day, response: .recist($0.response)) },
        problems: history.baselineProblems)
    }
  }

  private static func baselineNote(_ histories: [LesionVisits], _ standard: ResponseStandard)
    -> Note
  {
    let first = histories[0]
    let others = histories.count > 1 ? "; others too" : ""
    return Note(
      .caution, "responses.baseline",
      "The target lesions of \(histories.count)"
        + " patient\(histories.count == 1 ? " are" : "s are") not what \(standard.label) asks for"
        + " (\(first.subject): \(first.problems[0])\(others)).")
  }

  // MARK: Evaluators

  struct Evaluator {
    var name: String?
    var notes: [Note] = []
  }

  /// Whose assessments count: the one asked for, else the only one, else the investigator.
  func chosenEvaluator(among present: Set<String?>) throws -> Evaluator {
    let names = present.compactMap { $0 }.sorted()
    if let wanted = evaluator {
      guard names.contains(wanted) else {
        let nearest = names.nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
        throw Refusal(
          "parameter.value",
          "evaluator=\(wanted): the data set \(name) has \(Self.list(names))\(nearest)",
          parameter: "evaluator", expected: Self.list(names))
      }
      return Evaluator(name: wanted)
    }
    if present.count == 1 { return Evaluator(name: present.first ?? nil) }
    guard present.contains("INVESTIGATOR") else {
      throw Refusal(
        "parameter.missing",
        "the data set \(name) has several evaluators: say evaluator= one of \(Self.list(names))",
        parameter: "evaluator", expected: Self.list(names))
    }
    let others = names.filter { $0 != "INVESTIGATOR" }
    return Evaluator(
      name: "INVESTIGATOR",
      notes: [
        Note(
          .info, "evaluator.investigator",
          "The investigator's assessments were used; the data set also has \(Self.list(others)).")
      ])
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "no named evaluator" : names.joined(separator: ", ")
  }
}
