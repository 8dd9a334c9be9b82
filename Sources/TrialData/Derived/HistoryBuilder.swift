internal import RECIST

/// Derives the assessments of one patient by one reader.
struct HistoryBuilder {
  let targets: [Lesion]
  let nonTargets: [Lesion]
  let newLesions: Set<String>
  private let readings: [Measurement]
  private let newLesionDays: Set<Int>
  let criteria: ResponseCriteria

  init(
    _ lesions: [Lesion], _ readings: [Measurement], newLesionDays: Set<Int>,
    criteria: ResponseCriteria
  ) {
    let read = Set(readings.map(\.lesion))
    let followed = lesions.filter { read.contains($0.lesion) }
    targets = followed.filter { $0.role == .target }
    nonTargets = followed.filter { $0.role == .nonTarget }
    newLesions = Set(followed.filter { $0.role == .new }.map(\.lesion))
    self.readings = readings.sorted { $0.day < $1.day }
    self.newLesionDays = newLesionDays
    self.criteria = criteria
  }

  func timePoints() -> [DerivedTimePoint] {
    var followUp = targets.isEmpty ? nil : startFollowUp()
    return assessments().map { assessment in
      let byLesion = Dictionary(assessment.map { ($0.lesion, $0) }) { first, _ in first }
      let target = followUp?.assess(byLesion.mapValues(Self.reading))
      let nonTarget = ResponseCategory(nonTargets: nonTargets.map { state(of: $0, byLesion) })
      let newLesion = hasNewLesion(assessment)
      return DerivedTimePoint(
        day: assessment[0].day, visit: assessment[0].visit, target: target, nonTarget: nonTarget,
        newLesion: newLesion,
        overall: ResponseCategory(
          target: target?.response, nonTarget: nonTarget, newLesion: newLesion))
    }
  }

  private func startFollowUp() -> TargetFollowUp {
    TargetFollowUp(targetLesions, baseline: baseline, criteria: criteria)
  }

  var targetLesions: [TargetLesion] {
    targets.map { TargetLesion(name: $0.lesion, isNodal: $0.isNodal) }
  }

  /// Each lesion's last reading up to day 0.
  var baseline: [String: LesionReading] {
    Dictionary(readings.filter { $0.day <= 0 }.map { ($0.lesion, Self.reading($0)) }) { $1 }
  }

  func baselineProblems() -> [BaselineProblem] {
    let baseline = baseline
    return BaselineProblem.all(
      of: targets.map { lesion in
        BaselineProblem.Target(
          lesion: TargetLesion(name: lesion.lesion, isNodal: lesion.isNodal), site: lesion.site,
          size: baseline[lesion.lesion].flatMap { criteria.length(of: $0) })
      }, criteria: criteria)
  }

  /// Readings after day 0, assessment by assessment.
  func assessments() -> [[Measurement]] {
    var assessments: [[Measurement]] = []
    for reading in readings where reading.day > 0 {
      if let last = assessments.last, Self.belongs(reading, to: last) {
        assessments[assessments.count - 1].append(reading)
      } else {
        assessments.append([reading])
      }
    }
    return assessments
  }

  private static func belongs(_ reading: Measurement, to assessment: [Measurement]) -> Bool {
    let first = assessment[0]
    guard reading.visit == first.visit, !assessment.contains(where: { $0.lesion == reading.lesion })
    else { return false }
    return reading.day == first.day || (reading.visit != nil && reading.day - first.day <= 28)
  }

  static func reading(_ measurement: Measurement) -> LesionReading {
    switch (measurement.state, measurement.diameter) {
    case (.tooSmallToMeasure, nil), (.tooSmallToMeasure, .zero?): .tooSmallToMeasure
    case (.notEvaluable, nil): .notEvaluable
    case (.absent, _): .absent
    case (_, let diameter?): .measured(diameter)
    case (_, nil): .notEvaluable
    }
  }

  func state(of lesion: Lesion, _ readings: [String: Measurement]) -> NonTargetState {
    guard let reading = readings[lesion.lesion] else { return .notEvaluable }
    switch (reading.state, reading.diameter) {
    case (.unequivocalProgression, _): return .unequivocalProgression
    case (.absent, _): return .absent
    case (.notEvaluable, nil): return .notEvaluable
    case (_, let diameter?):
      let normal = lesion.isNodal ? criteria.normalNodeBelow : nil
      return diameter == .zero || normal.map { diameter < $0 } == true ? .absent : .present
    case (nil, nil): return .notEvaluable
    case (_, nil): return .present
    }
  }

  private func hasNewLesion(_ assessment: [Measurement]) -> Bool {
    assessment.contains { newLesions.contains($0.lesion) && Self.isSeen($0) }
      || isReported(assessment)
  }

  /// Whether the reader reported a new lesion, measured or not.
  func isReported(_ assessment: [Measurement]) -> Bool {
    assessment.contains { newLesionDays.contains($0.day) }
  }

  static func isSeen(_ reading: Measurement) -> Bool {
    switch reading.state {
    case .absent, .equivocal, .notEvaluable: false
    case .present, .tooSmallToMeasure, .unequivocalProgression: true
    case nil: (reading.diameter ?? .zero) > .zero
    }
  }
}
