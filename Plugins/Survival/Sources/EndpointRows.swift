import PluginProtocol
import TrialData

/// The rows of one endpoint, by patient.
struct EndpointRows {
  struct Row: Hashable {
    let day: Int
    let occurred: Bool

    /// `day 86, event`.
    var words: String { "day \(day), \(occurred ? "event" : "censored")" }
  }

  private let events: [Event]
  private let endpoint: Endpoint
  private let name: String
  let rows: [String: Row]

  init(_ events: [Event], endpoint: Endpoint, named name: String) {
    self.events = events
    self.endpoint = endpoint
    self.name = name
    var rows: [String: Row] = [:]
    for event in events where event.endpoint == endpoint.name {
      if let day = event.day { rows[event.subject] = Row(day: day, occurred: event.occurred) }
    }
    self.rows = rows
  }

  /// Whether the data set has the endpoint with days.
  var hasDays: Bool { !rows.isEmpty }

  /// - Throws: `Refusal` that names the endpoints there are.
  func check() throws(Refusal) {
    guard rows.isEmpty else {
      guard let early = rows.filter({ $0.value.day < 0 }).min(by: { $0.key < $1.key }) else {
        return
      }
      throw Refusal(
        "data.negative-time",
        "\(early.key) has \(endpoint.name) on day \(early.value.day): a time to event starts on day"
          + " 0 and cannot be negative", parameter: "endpoint")
    }
    let present = Set(events.map(\.endpoint))
    let timed = Set(events.filter { $0.day != nil }.map(\.endpoint)).sorted()
    let list = timed.joined(separator: ", ")
    guard !present.contains(endpoint.name) else {
      throw Refusal(
        "data.no-days",
        "the events \(endpoint.name) of \(name) have no days, so that nothing shows how long they took"
          + (timed.isEmpty ? "" : "; those with days are \(list)"), parameter: "endpoint")
    }
    let there = timed.isEmpty ? "it has no events with days" : "it has \(list)"
    let nearest = timed.nearest(to: endpoint.name).map { "; did you mean \($0)?" } ?? ""
    throw Refusal(
      "data.no-endpoint",
      "endpoint=\(endpoint.name): \(name) has no such events; \(there)\(nearest)",
      parameter: "endpoint", expected: timed.isEmpty ? nil : "one of \(list)")
  }
}
