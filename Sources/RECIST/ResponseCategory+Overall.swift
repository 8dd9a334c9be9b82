extension ResponseCategory {
  /// The overall response at one assessment, from target, non-target and new lesions.
  ///
  /// Any progression and any new lesion is PD. With target lesions the target response stands,
  /// but CR becomes PR while non-target disease is left or was not evaluated. Without target
  /// lesions the non-target response is the overall response. With neither kind at baseline and
  /// nothing new there is nothing to judge: NE.
  ///
  /// - Parameters:
  ///   - target: The response of the target lesions; nothing if the patient has none.
  ///   - nonTarget: The response of the non-target lesions; nothing if the patient has none.
  ///   - newLesion: Whether an unequivocal new lesion was seen.
  ///
  /// ## References
  ///
  /// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
  ///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, tables 1 and 2.
  public init(target: Self?, nonTarget: Self?, newLesion: Bool) {
    let rule = OverallRule(target: target, nonTarget: nonTarget, newLesion: newLesion)
    self =
      switch rule {
      case .newLesion, .targetProgression, .nonTargetProgression: .progressiveDisease
      case .targetResponse: target ?? .notEvaluable
      case .nonTargetRemains: .partialResponse
      case .nonTargetOnly: nonTarget ?? .notEvaluable
      case .nothingToJudge: .notEvaluable
      }
  }
}
