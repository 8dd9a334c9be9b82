/// The row of the time-point table that gave an overall response.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, tables 1 and 2.
public enum OverallRule: String, Sendable, Codable, CaseIterable {
  case newLesion = "new-lesion"
  case targetProgression = "target-progression"
  case nonTargetProgression = "non-target-progression"
  /// The target response stands.
  case targetResponse = "target-response"
  /// CR of the target lesions, but non-target disease is left or was not evaluated: PR.
  case nonTargetRemains = "non-target-remains"
  /// Without target lesions the non-target response is the overall response.
  case nonTargetOnly = "non-target-only"
  /// Target lesions were not read, or neither kind was there at baseline: NE.
  case nothingToJudge = "nothing-to-judge"

  public init(
    target: ResponseCategory?, nonTarget: ResponseCategory?, newLesion: Bool
  ) {
    self =
      if newLesion {
        .newLesion
      } else if target == .progressiveDisease {
        .targetProgression
      } else if nonTarget == .progressiveDisease {
        .nonTargetProgression
      } else if let target {
        Self.rule(target: target, nonTarget: nonTarget)
      } else {
        nonTarget == nil ? .nothingToJudge : .nonTargetOnly
      }
  }

  private static func rule(target: ResponseCategory, nonTarget: ResponseCategory?) -> Self {
    switch (target, nonTarget) {
    case (.completeResponse, nil), (.completeResponse, .completeResponse): .targetResponse
    case (.completeResponse, _): .nonTargetRemains
    case (.missing, nil), (.missing, .missing): .targetResponse
    case (.missing, _), (.nonCompleteNonProgressive, _): .nothingToJudge
    default: .targetResponse
    }
  }
}
