import JSON
import PluginProtocol
import TimeToEvent

/// What ended the times, and in how many patients of each curve.
struct EndingsTable {
  let derived: DerivedTimes
  /// The patients of each curve, by the curve's name.
  let curves: [(name: String, subjects: [String])]

  var table: ResultDocument.ResultTable {
    .init(
      name: "endings", title: "What ended the times",
      columns: [
        .init("group", "Group"), .init("ending", "Ending"), .init("counts-as", "Counts as"),
        .init("patients", "n", .count),
      ], rows: curves.flatMap(rows))
  }

  private func rows(_ curve: (name: String, subjects: [String])) -> [[JSONValue]] {
    let times = curve.subjects.compactMap { derived.outcomes[$0]?.time }
    let counts = Dictionary(grouping: times) { $0.reason.kind }
    return DerivedTime.Reason.kinds.compactMap { kind in
      guard let members = counts[kind] else { return nil }
      return [
        .string(curve.name), .string(kind),
        .string(members[0].occurred ? "event" : "censored"), .integer(Int64(members.count)),
      ]
    }
  }

  /// What became of the tumor after its first partial response.
  var afterPartialResponse: ResultDocument.ResultTable? {
    guard derived.endpoint == .stabilization else { return nil }
    return .init(
      name: "after-partial-response", title: "After the first partial response",
      columns: [
        .init("group", "Group"), .init("course", "Course"), .init("patients", "n", .count),
      ],
      rows: curves.flatMap { curve -> [[JSONValue]] in
        let courses = curve.subjects.compactMap { derived.courses[$0] }
        let counts = Dictionary(
          grouping: courses.compactMap { derived.options.derivation.afterPartialResponse($0) },
          by: \.kind)
        return AfterPartialResponse.kinds.compactMap { kind in
          counts[kind].map {
            [.string(curve.name), .string(kind), .integer(Int64($0.count))]
          }
        }
      })
  }
}

extension DerivedTime.Reason {
  /// In the order of a table.
  static let kinds = [
    "response", "progression", "death", "new therapy", "event-free at the last assessment",
    "new therapy began before", "too many scans missed before", "death without progression",
    "no response", "never evaluable", "alive at last contact", "nothing known",
  ]

  var kind: String {
    switch self {
    case .response: Self.kinds[0]
    case .progression: Self.kinds[1]
    case .death: Self.kinds[2]
    case .newTherapy: Self.kinds[3]
    case .lastAssessment: Self.kinds[4]
    case .beforeNewTherapy: Self.kinds[5]
    case .missedScans: Self.kinds[6]
    case .deathWithoutProgression: Self.kinds[7]
    case .noResponse: Self.kinds[8]
    case .notAssessed: Self.kinds[9]
    case .lastContact: Self.kinds[10]
    case .noContact: Self.kinds[11]
    }
  }
}

extension AfterPartialResponse {
  static let kinds = [
    "complete response followed", "still a partial response", "grown back to stable disease",
    "progression next", "not seen again",
  ]

  var kind: String {
    switch self {
    case .consolidated: Self.kinds[0]
    case .held: Self.kinds[1]
    case .stabilized: Self.kinds[2]
    case .progressed: Self.kinds[3]
    case .notSeenAgain: Self.kinds[4]
    }
  }
}
