public import RECIST

/// Derives times to an event from what is known of a patient.
///
/// Progression is the first PD; by iRECIST the first iUPD of the block that ends in iCPD, or of one
/// that is open at the end. It is dated at the scan that found it.
///
/// ## References
///
/// - FDA (2007). *Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics.*
///   Guidance for industry, appendix 3, table A.
/// - Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials
///   testing immunotherapeutics. *Lancet Oncol* 18:e143–e152 (date of progression).
public struct EndpointDerivation: Sendable, Hashable {
  public let rules: CensoringRules
  public let standard: ResponseStandard
  let response: BestResponseRules

  /// Assessments after the first progression never make a response, whatever `response` says, and
  /// those under another therapy only where `rules` ignore it.
  public init(
    rules: CensoringRules = .init(), response: BestResponseRules = .init(),
    standard: ResponseStandard = .recist1_1
  ) {
    self.rules = rules
    self.standard = standard
    var response = response
    response.stopsAtFirstProgression = true
    response.stopsAtNewTherapy = rules.newTherapy != .ignore
    self.response = response
  }

  public func outcome(_ endpoint: TimeEndpoint, of course: PatientCourse) -> DerivedOutcome {
    switch endpoint {
    case .overallSurvival: .time(survival(course))
    case .progressionFreeSurvival, .timeToProgression:
      .time(progressionFree(endpoint, course, from: 0))
    case .timeToResponse: timeToResponse(course)
    case .durationOfResponse, .stabilization: sinceResponse(endpoint, course)
    }
  }

  // MARK: Survival

  private func survival(_ course: PatientCourse) -> DerivedTime {
    if let day = course.deathDay {
      return DerivedTime(.overallSurvival, event: day, after: day, .death(day: day))
    }
    guard let day = course.lastAliveDay else {
      return DerivedTime(.overallSurvival, censored: 0, .noContact)
    }
    return DerivedTime(.overallSurvival, censored: day, .lastContact(day: day))
  }

  // MARK: Response

  /// The day of the first response that counts, confirmed where the rules ask for it.
  public func firstResponseDay(of course: PatientCourse) -> Int? {
    firstResponse(of: course)?.visit.day
  }

  private func firstResponse(of course: PatientCourse) -> VisitDecision? {
    history(of: course).counted.first { $0.worth.isObjectiveResponse }
  }

  private func history(of course: PatientCourse) -> ResponseHistory {
    guard standard != .immune else {
      return ImmuneHistory(
        course.visits, rules: response, newTherapyDay: course.newTherapyDay
      ).history
    }
    return ResponseHistory(
      course.visits.map { ResponseVisit(day: $0.day, response: $0.response.rank) },
      rules: response, newTherapyDay: course.newTherapyDay)
  }

  private func timeToResponse(_ course: PatientCourse) -> DerivedOutcome {
    if let day = firstResponseDay(of: course) {
      return .time(
        DerivedTime(
          .timeToResponse, event: day, after: course.lastAssessment(upTo: day - 1) ?? 0,
          .response(day: day)))
    }
    guard rules.nonResponders == .censored else { return .none(.noResponse) }
    let end = progressionFree(.progressionFreeSurvival, course, from: 0).endDay
    return .time(DerivedTime(.timeToResponse, censored: end, .noResponse(day: end)))
  }

  private func sinceResponse(
    _ endpoint: TimeEndpoint, _ course: PatientCourse
  ) -> DerivedOutcome {
    guard let first = firstResponse(of: course) else { return .none(.noResponse) }
    guard endpoint == .durationOfResponse || first.visit.response == .partialResponse else {
      return .none(.noPartialResponse)
    }
    return .time(progressionFree(endpoint, course, from: first.visit.day))
  }

  // MARK: Progression

  /// The day of the first progression, whatever came before it.
  public func progressionDay(of course: PatientCourse) -> Int? {
    guard standard == .immune else {
      return course.visits.first { $0.response.rank == .progressiveDisease }?.day
    }
    var free = response
    free.stopsAtNewTherapy = false
    let history = ImmuneHistory(course.visits, rules: free)
    return history.progressionDay ?? history.unconfirmedSince
  }

  /// The first of progression, death and, where it counts, another therapy; a progression on the
  /// same day comes first.
  private func ending(of course: PatientCourse) -> DerivedTime.Ending? {
    var endings: [DerivedTime.Ending] = []
    if let day = progressionDay(of: course) { endings.append(.progression(day: day)) }
    if let day = course.deathDay { endings.append(.death(day: day)) }
    if rules.newTherapy == .event, let day = course.newTherapyDay {
      endings.append(.newTherapy(day: day))
    }
    return endings.min { $0.day < $1.day }
  }

  private func progressionFree(
    _ endpoint: TimeEndpoint, _ course: PatientCourse, from start: Int
  ) -> DerivedTime {
    let ending = ending(of: course)
    if rules.newTherapy == .censor, let day = course.newTherapyDay, day < ending?.day ?? .max {
      let assessed = course.lastAssessment(upTo: day)
      return DerivedTime(
        endpoint, from: start, censored: assessed ?? 0,
        .beforeNewTherapy(day: day, assessed: assessed))
    }
    guard let ending else {
      guard let day = course.lastAssessment(upTo: .max) else {
        return DerivedTime(endpoint, from: start, censored: 0, .notAssessed)
      }
      return DerivedTime(endpoint, from: start, censored: day, .lastAssessment(day: day))
    }
    return ended(endpoint, by: ending, course, from: start)
  }

  private func ended(
    _ endpoint: TimeEndpoint, by ending: DerivedTime.Ending, _ course: PatientCourse,
    from start: Int
  ) -> DerivedTime {
    let assessed = course.lastAssessment(upTo: ending.isDeath ? ending.day : ending.day - 1)
    if case .death(let day) = ending, !endpoint.countsDeath {
      let place = rules.deathWithoutProgression == .death ? day : assessed
      return DerivedTime(
        endpoint, from: start, censored: place ?? 0,
        .deathWithoutProgression(day: day, assessed: place))
    }
    if let most = rules.missedScans?.longestGap, ending.isMissable,
      ending.day - max(assessed ?? 0, start) > most
    {
      return DerivedTime(
        endpoint, from: start, censored: assessed ?? 0, .missedScans(ending, assessed: assessed))
    }
    return DerivedTime(
      endpoint, from: start, event: ending.day,
      after: ending.isScanned ? max(assessed ?? 0, start) : ending.day, ending.reason)
  }
}

extension DerivedTime.Ending {
  fileprivate var isDeath: Bool { if case .death = self { true } else { false } }

  /// Whether it is dated by the scan that found it.
  fileprivate var isScanned: Bool { if case .progression = self { true } else { false } }

  /// Whether missed scans before it can make it one that does not count.
  fileprivate var isMissable: Bool { isDeath || isScanned }

  fileprivate var reason: DerivedTime.Reason {
    switch self {
    case .progression(let day): .progression(day: day)
    case .death(let day): .death(day: day)
    case .newTherapy(let day): .newTherapy(day: day)
    }
  }
}
