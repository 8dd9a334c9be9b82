/// How a Cox model takes events at the same time.
///
/// Raw values are the names used in commands and results.
public enum CoxTies: String, Sendable, Hashable, Codable, CaseIterable {
  /// Each of *d* tied events leaves 1/d of the tied risk out of the sum for the next; R's default.
  ///
  /// ## References
  ///
  /// - Efron B (1977). The efficiency of Cox's likelihood function for censored data. *J Am Stat
  ///   Assoc* 72:557–565.
  case efron

  /// Each tied event meets the whole set at risk; SAS's default.
  ///
  /// ## References
  ///
  /// - Breslow N (1974). Covariance analysis of censored survival data. *Biometrics* 30:89–99.
  case breslow

  /// Given *d* events, every *d* of those at risk might have had them: Cox's discrete logistic
  /// model, R's `exact` and SAS's DISCRETE (SAS's EXACT is another, marginal likelihood).
  ///
  /// ## References
  ///
  /// - Gail MH, Lubin JH, Rubinstein LV (1981). Likelihood calculations for matched case-control
  ///   studies and survival studies with tied death times. *Biometrika* 68:703–707.
  case exact
}
