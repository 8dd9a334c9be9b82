public import PluginProtocol
public import TrialData

/// The rows of one endpoint, by patient; of several of one patient the last.
public struct EndpointRows: Sendable {
  public struct Row: Sendable, Hashable {
    public let day: Int
    public let occurred: Bool

    public init(day: Int, occurred: Bool) {
      self.day = day
      self.occurred = occurred
    }

    /// `day 86, event`.
    public var words: String { "day \(day), \(occurred ? "event" : "censored")" }
  }

  private let events: [Event]
  private let endpoint: String
  private let name: String
  public let rows: [String: Row]

  /// The endpoint in lower case, as data sets keep it.
  public init(_ events: [Event], endpoint: String, named name: String) {
    self.events = events
    self.endpoint = endpoint
    self.name = name
    var rows: [String: Row] = [:]
    for event in events where event.endpoint == endpoint {
      if let day = event.day { rows[event.subject] = Row(day: day, occurred: event.occurred) }
    }
    self.rows = rows
  }

  /// Whether the data set has the endpoint with days.
  public var hasDays: Bool { !rows.isEmpty }

  /// - Throws: `Refusal` that names the endpoints there are.
  public func check() throws(Refusal) {
    guard rows.isEmpty else {
      guard let early = rows.filter({ $0.value.day < 0 }).min(by: { $0.key < $1.key }) else {
        return
      }
      throw Refusal(
        "data.negative-time",
        "\(early.key) has \(endpoint) on day \(early.value.day): a time to event starts on day"
          + " 0 and cannot be negative", parameter: "endpoint")
    }
    let present = Set(events.map(\.endpoint))
    let timed = Set(events.filter { $0.day != nil }.map(\.endpoint)).sorted()
    let list = timed.joined(separator: ", ")
    guard !present.contains(endpoint) else {
      throw Refusal(
        "data.no-days",
        "the events \(endpoint) of \(name) have no days, so that nothing shows how long they took"
          + (timed.isEmpty ? "" : "; those with days are \(list)"), parameter: "endpoint")
    }
    let there = timed.isEmpty ? "it has no events with days" : "it has \(list)"
    let nearest = timed.nearest(to: endpoint).map { "; did you mean \($0)?" } ?? ""
    throw Refusal(
      "data.no-endpoint",
      "endpoint=\(endpoint): \(name) has no such events; \(there)\(nearest)",
      parameter: "endpoint", expected: timed.isEmpty ? nil : "one of \(list)")
  }
}
