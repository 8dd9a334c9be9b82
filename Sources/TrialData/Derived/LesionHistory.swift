public import RECIST

/// What one reader's measurements of one patient say, assessment by assessment.
///
/// Baseline is each lesion's last reading up to day 0. Later readings belong to one assessment
/// while they carry the same visit name, name no lesion twice and lie within 28 days; without
/// visit names each day is an assessment. A lesion counts for a reader who read it at least once.
public struct LesionHistory: Sendable, Hashable {
  public let subject: String
  public let evaluator: String?
  public let timePoints: [DerivedTimePoint]
  /// Where the choice of target lesions is not what the criteria ask for.
  public let baselineProblems: [BaselineProblem]

  /// The responses, for ``BestOverallResponse``.
  public var visits: [ResponseVisit] {
    timePoints.map { ResponseVisit(day: $0.day, response: $0.overall) }
  }
}

extension TrialDataset {
  /// The history of every subject and reader with measurements, by subject and reader.
  public func lesionHistories(
    criteria: ResponseCriteria = .recist1_1
  ) throws(TrialDataError) -> [LesionHistory] {
    try builders(criteria: criteria).map { reader, builder in
      LesionHistory(
        subject: reader.subject, evaluator: reader.evaluator, timePoints: builder.timePoints(),
        baselineProblems: builder.baselineProblems())
    }
  }

  /// The iRECIST history of every subject and reader with measurements, by subject and reader.
  public func immuneLesionHistories(
    rules: ImmuneRules = ImmuneRules()
  ) throws(TrialDataError) -> [ImmuneLesionHistory] {
    try builders(criteria: .recist1_1).map { reader, builder in
      ImmuneLesionHistory(
        subject: reader.subject, evaluator: reader.evaluator,
        timePoints: builder.immuneTimePoints(rules),
        baselineProblems: builder.baselineProblems())
    }
  }

  private func builders(
    criteria: ResponseCriteria
  ) throws(TrialDataError) -> [(LesionReader, HistoryBuilder)] {
    let lesions = Dictionary(grouping: try lesions(), by: \.subject)
    let newLesionDays = try reportedNewLesions()
    let readings = Dictionary(grouping: try measurements()) {
      LesionReader(subject: $0.subject, evaluator: $0.evaluator)
    }
    return readings.keys.sorted().map { reader in
      let builder = HistoryBuilder(
        lesions[reader.subject, default: []], readings[reader, default: []],
        newLesionDays: newLesionDays[reader, default: []], criteria: criteria)
      return (reader, builder)
    }
  }

  /// Days on which a reader reported a new lesion, whether or not it was measured.
  private func reportedNewLesions() throws(TrialDataError) -> [LesionReader: Set<Int>] {
    var days: [LesionReader: Set<Int>] = [:]
    for assessment in try assessments() where assessment.newLesion == true {
      let reader = LesionReader(subject: assessment.subject, evaluator: assessment.evaluator)
      days[reader, default: []].insert(assessment.day)
    }
    return days
  }
}
