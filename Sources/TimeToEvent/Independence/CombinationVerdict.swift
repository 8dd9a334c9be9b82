/// What the hazard ratios of an observed combination over two predictions of it say together.
///
/// Raw values are the words results use.
///
/// ## References
///
/// - Hwangbo H, Patterson SC, Dai A, Plana D, Palmer AC (2023). Additivity predicts the efficacy of
///   most approved combination therapies for advanced cancer. *Nat Cancer* 4:1693–1704, Methods.
public enum CombinationVerdict: String, Sendable, Hashable, CaseIterable {
  /// Better than additive.
  case synergy
  /// Better than independent action, and not told apart from additivity.
  case additive
  /// Worse than additive, and not told apart from independent action.
  case independent
  /// Worse than the better part alone would be for each patient.
  case worseThanIndependent = "worse than independent"
  /// Told apart from neither, or from both and between them.
  case between

  /// How an observed combination stands to one prediction.
  public enum Standing: Sendable, Hashable, CaseIterable {
    case better, compatible, worse

    /// By whether the limits of the hazard ratio leave out 1.
    public init(_ limits: SurvivalLimits) {
      self = limits.upper < 1 ? .better : limits.lower > 1 ? .worse : .compatible
    }

    /// By a p-value, such as one adjusted for several trials, below `error`.
    public init(hazardRatio: Double, pValue: Double, error: Double) {
      self = pValue >= error ? .compatible : hazardRatio < 1 ? .better : .worse
    }
  }

  public init(independent: Standing, additive: Standing) {
    self =
      switch (independent, additive) {
      case (.worse, _): .worseThanIndependent
      case (_, .better): .synergy
      case (.better, .compatible): .additive
      case (.compatible, .worse): .independent
      case (.compatible, .compatible), (.better, .worse): .between
      }
  }
}
