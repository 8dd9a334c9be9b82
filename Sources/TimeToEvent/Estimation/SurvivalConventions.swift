/// The program whose defaults a Kaplan-Meier analysis follows.
///
/// The three disagree on the same data unless told otherwise. Raw values are the names used in
/// commands and results.
public enum SurvivalConventions: String, Sendable, Hashable, Codable, CaseIterable {
  /// R's survival: limits on the log scale; a level run to the end of follow-up gives a median.
  case r
  /// SAS's LIFETEST: limits on the log-log scale; such a run gives none.
  case sas
  /// Roche's tern: plain limits; the median as R's `summary` shows it, other quantiles as R's
  /// `quantile`.
  case tern

  public var scale: SurvivalLimits.Scale {
    switch self {
    case .r: .log
    case .sas: .logLog
    case .tern: .plain
    }
  }

  public func rule(forQuantile probability: Double) -> SurvivalQuantile.Rule {
    switch self {
    case .r: .r
    case .sas: .sas
    case .tern: probability == 0.5 ? .rSummary : .r
    }
  }
}

extension KaplanMeier {
  /// The quantile as a program shows it by default.
  ///
  /// - Throws: as ``quantile(_:scale:level:rule:)``.
  public func quantile(
    _ probability: Double, conventions: SurvivalConventions, level: Double = 0.95
  ) throws(TimeToEventError) -> SurvivalQuantile {
    try quantile(
      probability, scale: conventions.scale, level: level,
      rule: conventions.rule(forQuantile: probability))
  }
}
