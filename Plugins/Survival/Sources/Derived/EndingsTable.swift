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
    return DerivedTime.Reason.Kind.allCases.compactMap { kind in
      guard let members = counts[kind] else { return nil }
      return [
        .string(curve.name), .string(kind.rawValue),
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
        return AfterPartialResponse.Kind.allCases.compactMap { kind in
          counts[kind].map {
            [.string(curve.name), .string(kind.rawValue), .integer(Int64($0.count))]
          }
        }
      })
  }
}

extension DerivedTime.Reason {
  /// In the order of a table.
  enum Kind: String, CaseIterable {
    case response, progression, death
    case newTherapy = "new therapy"
    case lastAssessment = "event-free at the last assessment"
    case beforeNewTherapy = "new therapy began before"
    case missedScans = "too many scans missed before"
    case deathWithoutProgression = "death without progression"
    case noResponse = "no response"
    case notAssessed = "never evaluable"
    case lastContact = "alive at last contact"
    case noContact = "nothing known"
  }

  var kind: Kind {
    switch self {
    case .response: .response
    case .progression: .progression
    case .death: .death
    case .newTherapy: .newTherapy
    case .lastAssessment: .lastAssessment
    case .beforeNewTherapy: .beforeNewTherapy
    case .missedScans: .missedScans
    case .deathWithoutProgression: .deathWithoutProgression
    case .noResponse: .noResponse
    case .notAssessed: .notAssessed
    case .lastContact: .lastContact
    case .noContact: .noContact
    }
  }
}

extension AfterPartialResponse {
  /// In the order of a table.
  enum Kind: String, CaseIterable {
    case consolidated = "complete response followed"
    case held = "still a partial response"
    case stabilized = "grown back to stable disease"
    case progressed = "progression next"
    case notSeenAgain = "not seen again"
  }

  var kind: Kind {
    switch self {
    case .consolidated: .consolidated
    case .held: .held
    case .stabilized: .stabilized
    case .progressed: .progressed
    case .notSeenAgain: .notSeenAgain
    }
  }
}
