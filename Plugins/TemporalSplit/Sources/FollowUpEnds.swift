import TrialData

/// The days on which patients died or progressed, from the events "os" and "pfs".
struct FollowUpEnds {
  private(set) var death: [String: Int] = [:]
  private(set) var progressionOrDeath: [String: Int] = [:]

  init(_ events: [Event]) {
    for event in events where event.occurred {
      guard let day = event.day else { continue }
      switch event.endpoint {
      case "os", "death": death[event.subject] = min(day, death[event.subject] ?? .max)
      case "pfs", "ttp", "progression":
        progressionOrDeath[event.subject] = min(day, progressionOrDeath[event.subject] ?? .max)
      default: break
      }
    }
  }
}
