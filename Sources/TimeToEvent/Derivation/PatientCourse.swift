public import RECIST

/// What is known of one patient after day 0: assessments, death, last contact, another therapy.
public struct PatientCourse: Sendable, Hashable {
  /// Overall responses in order of time, the best first on one day as everywhere; those before
  /// day 0 are baseline and left out.
  public let visits: [ImmuneVisit]
  /// The day of death; nothing where the patient is not known to have died.
  public let deathDay: Int?
  /// The last day the patient was known to be alive.
  public let lastContactDay: Int?
  /// The day another anti-cancer therapy began.
  public let newTherapyDay: Int?

  /// Days count from first dose or randomization, which is day 0.
  ///
  /// - Throws: ``PatientCourseError`` for a day before day 0, or for a sign of life after death.
  public init(
    visits: some Sequence<ImmuneVisit>, deathDay: Int? = nil, lastContactDay: Int? = nil,
    newTherapyDay: Int? = nil
  ) throws(PatientCourseError) {
    self.visits = visits.filter { $0.day >= 0 }
      .sorted { ($0.day, $1.response.rank) < ($1.day, $0.response.rank) }
    self.deathDay = deathDay
    self.lastContactDay = lastContactDay
    self.newTherapyDay = newTherapyDay
    try check()
  }

  private func check() throws(PatientCourseError) {
    let days = [
      ("death", deathDay), ("last contact", lastContactDay), ("new therapy", newTherapyDay),
    ]
    for case (let what, let day?) in days where day < 0 {
      throw .beforeStart(what, day: day)
    }
    guard let deathDay else { return }
    let signs = [
      ("assessment", lastDone), ("last contact", lastContactDay), ("new therapy", newTherapyDay),
    ]
    for case (let what, let day?) in signs where day > deathDay {
      throw .afterDeath(what, day: day, death: deathDay)
    }
  }

  /// The last day on which there was an assessment, evaluable or not.
  private var lastDone: Int? { visits.last { $0.response.rank != .missing }?.day }

  /// The last day the patient is known to have lived, from whatever source.
  public var lastAliveDay: Int? {
    [lastDone, lastContactDay, newTherapyDay].compactMap(\.self).max()
  }

  /// The day of the last evaluable assessment up to `day`; a day without an evaluable one is not.
  func lastAssessment(upTo day: Int) -> Int? {
    visits.last { $0.day <= day && $0.response.rank.isEvaluable }?.day
  }
}

/// Why what is said of a patient cannot be.
public enum PatientCourseError: Error, Hashable {
  case beforeStart(String, day: Int)
  case afterDeath(String, day: Int, death: Int)
}

extension PatientCourseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .beforeStart(let what, let day): "\(what) on day \(day), before day 0"
    case .afterDeath(let what, let day, let death):
      "\(what) on day \(day), after death on day \(death)"
    }
  }
}
