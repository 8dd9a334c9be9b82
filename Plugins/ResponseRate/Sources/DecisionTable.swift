import JSON
import PluginProtocol
import RECIST

/// What each assessment counts for, and the rules that made it so.
struct DecisionTable {
  private let decisions: [VisitDecision]
  private let visits: [ImmuneVisit]
  private let lesions: [LesionPoint]
  private let source: Options.ResponseSource

  init(
    decisions: [VisitDecision], visits: [ImmuneVisit], lesions: [LesionPoint],
    _ source: Options.ResponseSource
  ) {
    self.decisions = decisions
    self.visits = visits
    self.lesions = lesions
    self.source = source
  }

  var table: ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "decisions", title: "What each assessment counts for",
      columns: [
        .init("day", "Day", .count), .init("overall", "Overall"), .init("rule", "Rule"),
        .init("worth", "Counts as"), .init("reason", "Because"),
      ], rows: decisions.map(row))
  }

  private func row(_ decision: VisitDecision) -> [JSONValue] {
    let day = decision.visit.day
    let code =
      visits.first { $0.day == day && $0.response.rank == decision.visit.response }?.response
      ?? .recist(decision.visit.response)
    return [
      .integer(Int64(day)), .string(code.rawValue), .string(rule(day, code)),
      .string(Self.worth(decision, code)), .string(decision.clause(code)),
    ]
  }

  /// What made the overall response: the lesions where they say the same, else the reader.
  private func rule(_ day: Int, _ code: ResponseCode) -> String {
    guard let point = lesions.first(where: { $0.day == day }) else { return "as reported" }
    if source == .lesions || point.overall == code { return point.sentence }
    return "as reported; the lesions say \(point.overall.rawValue) (\(point.sentence))"
  }

  /// In the vocabulary of the response; what is left out counts for nothing.
  private static func worth(_ decision: VisitDecision, _ code: ResponseCode) -> String {
    switch decision.reason {
    case .afterProgression, .afterEnd, .notDone: return "-"
    default: break
    }
    if decision.worth == decision.visit.response { return code.rawValue }
    guard code.category == nil else { return decision.worth.rawValue }
    return ResponseCode(immune: decision.worth).rawValue
  }
}
