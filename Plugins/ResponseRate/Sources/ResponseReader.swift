import PluginProtocol
import RECIST
import TrialData

/// Finds the responses of a data set's patients, from the best source it has.
struct ResponseReader {
  enum Responses: Sendable {
    case visits([String: [ResponseVisit]])
    case events([String: Bool])
  }

  struct Found: Sendable {
    let responses: Responses
    let source: Options.ResponseSource
    let notes: [Note]
  }

  let dataset: TrialDataset
  let name: String
  let options: Options

  func read() throws -> Found {
    switch options.source {
    case .reported:
      guard let found = try reported() else { throw nothing("reported overall responses") }
      return found
    case .lesions:
      guard let found = try fromLesions() else { throw nothing("lesion measurements") }
      return found
    case .event:
      guard let found = try fromEvents() else { throw nothing("event \"response\"") }
      return found
    case .auto:
      if let found = try reported() ?? fromEvents() ?? fromLesions() { return found }
      throw Refusal(
        "data.no-responses",
        "the data set \(name) has neither reported responses, nor an event \"response\", nor"
          + " lesion measurements")
    }
  }

  private func nothing(_ what: String) -> Refusal {
    Refusal("data.no-responses", "the data set \(name) has no \(what)", parameter: "from")
  }

  // MARK: Reported responses

  private func reported() throws -> Found? {
    let assessments = try dataset.assessments().filter { $0.overall != nil }
    guard !assessments.isEmpty else { return nil }
    let evaluator = try chosenEvaluator(among: Set(assessments.map(\.evaluator)))
    var visits: [String: [ResponseVisit]] = [:]
    var immune = 0
    for assessment in assessments where assessment.evaluator == evaluator.name {
      guard let category = assessment.overall?.category else {
        immune += 1
        continue
      }
      visits[assessment.subject, default: []].append(
        ResponseVisit(day: assessment.day, response: category))
    }
    guard !visits.isEmpty else { return nil }
    var notes = evaluator.notes
    if immune > 0 {
      notes.append(
        Note(
          .caution, "responses.immune",
          "\(immune) iRECIST responses were left out: the rate is by RECIST."))
    }
    return Found(responses: .visits(visits), source: .reported, notes: notes)
  }

  // MARK: Events

  private func fromEvents() throws -> Found? {
    let events = try dataset.events().filter { $0.endpoint == "response" }
    guard !events.isEmpty else { return nil }
    let occurred = Dictionary(
      events.map { ($0.subject, $0.occurred) }, uniquingKeysWith: { $0 || $1 })
    return Found(responses: .events(occurred), source: .event, notes: [])
  }

  // MARK: Lesions

  private func fromLesions() throws -> Found? {
    let histories = try dataset.lesionHistories()
    guard !histories.isEmpty else { return nil }
    let evaluator = try chosenEvaluator(among: Set(histories.map(\.evaluator)))
    let chosen = histories.filter { $0.evaluator == evaluator.name }
    let visits = Dictionary(
      chosen.map { ($0.subject, $0.visits) }, uniquingKeysWith: { first, _ in first })
    return Found(responses: .visits(visits), source: .lesions, notes: evaluator.notes)
  }

  // MARK: Evaluators

  private struct Evaluator {
    var name: String?
    var notes: [Note] = []
  }

  /// Whose assessments count: the one asked for, else the only one, else the investigator.
  private func chosenEvaluator(among present: Set<String?>) throws -> Evaluator {
    let names = present.compactMap { $0 }.sorted()
    if let wanted = options.evaluator {
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
