/// What one assessment says of one non-target lesion.
public enum NonTargetState: Sendable, Hashable, CaseIterable {
  case present
  /// Gone, or for a node a short axis below 10 mm.
  case absent
  /// Grown so that the reader is in no doubt, whatever the target lesions do.
  case unequivocalProgression
  case notEvaluable
}

extension ResponseCategory {
  /// The response of the non-target lesions together.
  ///
  /// PD if one progressed unequivocally; otherwise NE if one was not evaluated, CR if all are
  /// gone, NON-CR/NON-PD if not. Nothing when the patient has none. A tumor marker above its
  /// upper limit also forbids CR; that is the caller's to add.
  ///
  /// ## References
  ///
  /// - Eisenhauer EA et al. (2009). *Eur J Cancer* 45:228–247, section 4.3.3.
  public init?(nonTargets states: some Collection<NonTargetState>) {
    if states.isEmpty { return nil }
    self =
      if states.contains(.unequivocalProgression) {
        .progressiveDisease
      } else if states.contains(.notEvaluable) {
        .notEvaluable
      } else if states.allSatisfy({ $0 == .absent }) {
        .completeResponse
      } else {
        .nonCompleteNonProgressive
      }
  }
}
