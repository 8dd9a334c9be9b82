internal import RECIST

extension HistoryBuilder {
  /// The name of a new lesion that was reported and not recorded.
  private static let reported = "reported"

  func immuneTimePoints(_ rules: ImmuneRules) -> [ImmuneLesionHistory.TimePoint] {
    var followUp = ImmuneFollowUp(
      targets: targetLesions, baseline: baseline, nonTargets: nonTargets.map(\.lesion),
      rules: rules)
    return assessments().map { assessment in
      ImmuneLesionHistory.TimePoint(
        visit: assessment[0].visit, point: followUp.assess(immuneAssessment(assessment)))
    }
  }

  private func immuneAssessment(_ assessment: [Measurement]) -> ImmuneAssessment {
    let byLesion = Dictionary(assessment.map { ($0.lesion, $0) }) { first, _ in first }
    var findings: [String: NewLesionFinding] = [:]
    for reading in assessment where newLesions.contains(reading.lesion) {
      findings[reading.lesion] = NewLesionFinding(
        isPresent: Self.isSeen(reading), size: reading.diameter,
        hasGrown: reading.state == .unequivocalProgression)
    }
    if isReported(assessment), !findings.values.contains(where: \.isPresent) {
      findings[Self.reported] = NewLesionFinding(isPresent: true)
    }
    let states = nonTargets.map { lesion in
      (
        lesion.lesion,
        NonTargetFinding(
          state: state(of: lesion, byLesion), size: byLesion[lesion.lesion]?.diameter)
      )
    }
    return ImmuneAssessment(
      day: assessment[0].day, targets: byLesion.mapValues(Self.reading),
      nonTargets: Dictionary(states) { first, _ in first }, newLesions: findings)
  }
}
