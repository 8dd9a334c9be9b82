import PluginData
import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent
import TrialData

/// The times of one endpoint, as a data set has them or as they were derived.
struct EndpointTimes {
  let rows: [String: EndpointRows.Row]
  /// What somebody without a time lacks.
  let lacking: String
  /// Nil where the times are the data set's own.
  let derived: DerivedTimes?
  let notes: [Note]

  /// Reads the events of the endpoint, or derives it where there are none or it was asked for.
  ///
  /// - Throws: `Refusal` where the data set cannot answer.
  init(
    _ endpoint: Endpoint, of subjects: [Subject], in dataset: TrialDataset, named name: String,
    _ options: DerivationOptions
  ) throws {
    let events = try dataset.events()
    let given = EndpointRows(events, endpoint: endpoint.name, named: name)
    let isRead =
      options.source == .events || (options.source == .auto && given.hasDays)
      || TimeEndpoint(rawValue: endpoint.name) == nil
    guard !isRead, let wanted = TimeEndpoint(rawValue: endpoint.name) else {
      try given.check()
      try options.refuseUnused(endpoint, in: name)
      (rows, lacking, derived, notes) = (given.rows, "a day of \(endpoint.name)", nil, [])
      return
    }
    let reader = CourseReader(dataset: dataset, name: name, options: options)
    guard let found = try reader.found() else { throw Self.nothing(wanted, given, name, options) }
    let derived = try DerivedTimes(
      wanted, found, KnownDays(events), of: subjects, in: name, options: options)
    rows = derived.rows
    lacking = derived.lacking
    self.derived = derived
    notes = derived.notes + Self.disagreement(derived, given, name)
  }

  private static func nothing(
    _ endpoint: TimeEndpoint, _ given: EndpointRows, _ name: String, _ options: DerivationOptions
  ) -> Refusal {
    if options.source == .auto {
      do { try given.check() } catch { return error }
    }
    let what =
      switch options.source {
      case .lesions: "lesion measurements"
      case .reported, .auto, .events: "\(options.derivation.standard.label) responses"
      }
    return Refusal(
      "data.no-assessments",
      "the data set \(name) has no \(what) to derive \(endpoint.rawValue) from", parameter: "from")
  }

  /// Where the data set has times of its own, and they are others.
  private static func disagreement(
    _ derived: DerivedTimes, _ given: EndpointRows, _ name: String
  ) -> [Note] {
    let both = derived.rows.filter { given.rows[$0.key] != nil }
    let others = both.filter { given.rows[$0.key] != $0.value }.keys.sorted()
    guard let first = others.first, let own = given.rows[first], let ours = both[first] else {
      return []
    }
    return [
      Note(
        .caution, "derived.differs",
        "\(others.count) of \(patients(both.count)) \(others.count == 1 ? "has" : "have") another"
          + " time in the events of \(name): \(first) has \(own.words) there and \(ours.words) here."
      )
    ]
  }
}
