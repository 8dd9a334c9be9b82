/// All that one assessment says of one patient's lesions; lesions that were not read are absent.
public struct ImmuneAssessment: Sendable, Hashable {
  /// Days from first dose.
  public let day: Int
  public let targets: [String: LesionReading]
  public let nonTargets: [String: NonTargetFinding]
  public let newLesions: [String: NewLesionFinding]

  public init(
    day: Int, targets: [String: LesionReading] = [:],
    nonTargets: [String: NonTargetFinding] = [:], newLesions: [String: NewLesionFinding] = [:]
  ) {
    self.day = day
    self.targets = targets
    self.nonTargets = nonTargets
    self.newLesions = newLesions
  }
}
