/// One patient's time to an endpoint, and why it is that.
public struct DerivedTime: Sendable, Hashable {
  public let endpoint: TimeEndpoint
  /// The day from which time counts: 0, or the first response.
  public let startDay: Int
  /// The day of the event, dated where it was found, or of censoring.
  public let endDay: Int
  public let occurred: Bool
  /// The last day known to be free of the event.
  ///
  /// A progression happened after it and not later than ``endDay``. A death has a day of its own,
  /// and this is that day.
  public let eventFreeDay: Int
  public let reason: Reason

  /// In days from ``startDay``; CDISC's AVAL counts both ends and is one more.
  public var time: Int { endDay - startDay }

  /// The days between which the event lies, from ``startDay``: after the first, and not later than
  /// the second, which a censored patient does not have.
  public var interval: (lower: Int, upper: Int?) {
    (eventFreeDay - startDay, occurred ? time : nil)
  }

  init(
    _ endpoint: TimeEndpoint, from start: Int = 0, event day: Int, after eventFreeDay: Int,
    _ reason: Reason
  ) {
    self.endpoint = endpoint
    startDay = start
    endDay = day
    occurred = true
    self.eventFreeDay = eventFreeDay
    self.reason = reason
  }

  init(_ endpoint: TimeEndpoint, from start: Int = 0, censored day: Int, _ reason: Reason) {
    self.endpoint = endpoint
    startDay = start
    endDay = day
    occurred = false
    eventFreeDay = day
    self.reason = reason
  }
}

extension DerivedTime {
  /// What ended the time.
  public enum Reason: Sendable, Hashable {
    case response(day: Int)
    case progression(day: Int)
    case death(day: Int)
    /// Another therapy that counts as the event.
    case newTherapy(day: Int)

    /// No evaluable assessment after day 0.
    case notAssessed
    /// Free of the event when last assessed.
    case lastAssessment(day: Int)
    /// Another therapy began before the event; censored at the assessment before it.
    case beforeNewTherapy(day: Int, assessed: Int?)
    /// Too long without an evaluable assessment before the event.
    case missedScans(Ending, assessed: Int?)
    /// Died without the progression that is waited for.
    case deathWithoutProgression(day: Int, assessed: Int?)
    /// Without a response when the progression-free time ended.
    case noResponse(day: Int)
    /// Known to be alive on this day, and no later one.
    case lastContact(day: Int)
    /// Nothing is known after day 0.
    case noContact
  }

  /// What ends a progression-free time.
  public enum Ending: Sendable, Hashable {
    case progression(day: Int)
    case death(day: Int)
    case newTherapy(day: Int)

    public var day: Int {
      switch self {
      case .progression(let day), .death(let day), .newTherapy(let day): day
      }
    }
  }
}

/// What an endpoint is for one patient.
public enum DerivedOutcome: Sendable, Hashable {
  case time(DerivedTime)
  /// The patient has no such time.
  case none(Absence)

  /// Why a patient has no time to an endpoint.
  public enum Absence: String, Sendable, Hashable, CaseIterable {
    case noResponse = "no-response"
    case noPartialResponse = "no-partial-response"
  }

  public var time: DerivedTime? {
    if case .time(let time) = self { time } else { nil }
  }
}
