import TrialData

/// Deaths, last contacts and other therapies, as a data set's events tell them.
///
/// A death is the event `os` or `death`; a patient censored for `os` was last known alive on that
/// day; the event `new-therapy` is another anti-cancer therapy.
struct KnownDays: Sendable {
  private(set) var deaths: [String: Int] = [:]
  private(set) var lastContacts: [String: Int] = [:]
  private(set) var newTherapies: [String: Int] = [:]
  /// Who died on a day nobody gave.
  private(set) var undated: Set<String> = []

  init(_ events: [Event]) {
    for event in events {
      switch (event.endpoint, event.occurred) {
      case ("os", true), ("death", true): addDeath(event)
      case ("os", false):
        if let day = event.day {
          lastContacts[event.subject] = max(day, lastContacts[event.subject] ?? day)
        }
      case ("new-therapy", true):
        if let day = event.day {
          newTherapies[event.subject] = min(day, newTherapies[event.subject] ?? day)
        }
      default: break
      }
    }
    undated.subtract(deaths.keys)
  }

  private mutating func addDeath(_ event: Event) {
    guard let day = event.day else {
      undated.insert(event.subject)
      return
    }
    deaths[event.subject] = min(day, deaths[event.subject] ?? day)
  }
}
