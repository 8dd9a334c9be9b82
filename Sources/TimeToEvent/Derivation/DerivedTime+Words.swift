extension DerivedTime.Reason: CustomStringConvertible {
  /// As a clause: "progression on day 57".
  public var description: String {
    switch self {
    case .response(let day): "response on day \(day)"
    case .progression(let day): "progression on day \(day)"
    case .death(let day): "death on day \(day)"
    case .newTherapy(let day): "new therapy on day \(day), which counts as the event"
    case .notAssessed: "no evaluable assessment: censored on day 0"
    case .lastAssessment(let day): "free of the event at the last assessment, day \(day)"
    case .beforeNewTherapy(let day, let assessed):
      "new therapy on day \(day), before any event: censored \(Self.place(assessed))"
    case .missedScans(let ending, let assessed):
      "\(ending) came \(ending.day - (assessed ?? 0)) days after"
        + " \(assessed.map { "the assessment of day \($0)" } ?? "day 0"), and too many scans were"
        + " missed between: censored \(Self.place(assessed))"
    case .deathWithoutProgression(let day, let assessed):
      "death on day \(day) without progression: censored "
        + (assessed == day ? "there" : Self.place(assessed))
    case .noResponse(let day): "no response by day \(day), when progression-free time ended"
    case .lastContact(let day): "alive at last contact, day \(day)"
    case .noContact: "nothing is known after day 0: censored there"
    }
  }

  private static func place(_ assessed: Int?) -> String {
    assessed.map { "at the last assessment, day \($0)" } ?? "on day 0, as none was evaluable"
  }
}

extension DerivedTime.Ending: CustomStringConvertible {
  public var description: String {
    switch self {
    case .progression(let day): "progression on day \(day)"
    case .death(let day): "death on day \(day)"
    case .newTherapy(let day): "new therapy on day \(day)"
    }
  }
}

extension DerivedOutcome.Absence: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noResponse: "no response"
    case .noPartialResponse: "no partial response"
    }
  }
}
