internal import CRmath
internal import Glibc

/// A random-effects summary of control rates on the logit scale.
///
/// The variance τ² between trials is DerSimonian and Laird's, the mean's standard error Hartung
/// and Knapp's, never taken below the usual one. Half a patient is added to both outcomes of a
/// trial in which one never occurred. Deviates are Student's with *k* − 1 degrees of freedom.
///
/// ## References
///
/// - DerSimonian R, Laird N (1986). Meta-analysis in clinical trials. *Control Clin Trials*
///   7:177–188.
/// - Hartung J, Knapp G (2001). A refined method for the meta-analysis of controlled clinical
///   trials with binary outcome. *Stat Med* 20:3875–3889.
/// - Röver C, Knapp G, Friede T (2015). Hartung-Knapp-Sidik-Jonkman approach and its modification
///   for random-effects meta-analysis with few studies. *BMC Med Res Methodol* 15:99.
/// - Higgins JPT, Thompson SG, Spiegelhalter DJ (2009). A re-evaluation of random-effects
///   meta-analysis. *J R Stat Soc A* 172:137–159.
public struct RandomEffects: Sendable, Hashable {
  /// The mean of the trials' logits and its standard error.
  public let logit: Double
  public let standardError: Double
  /// The variance between trials, on the logit scale.
  public let tauSquared: Double
  /// Cochran's *Q*; χ² with one degree of freedom less than there are trials when all rates are
  /// the same.
  public let q: Double
  public let trials: Int

  /// - Throws: ``StatisticsError/tooFewControls(_:needed:method:)`` with fewer than two trials.
  public init(_ controls: [ResponseCount]) throws(StatisticsError) {
    guard controls.count >= 2 else {
      throw .tooFewControls(controls.count, needed: 2, method: "a random-effects summary")
    }
    let observed = controls.map(Self.logit)
    let weights = observed.map { 1 / $0.variance }
    let total = weights.reduce(0, +)
    let common = Self.mean(observed.map(\.value), weights)
    q = zip(observed, weights).reduce(0) { $0 + $1.1 * pow($1.0.value - common, 2) }
    let spread = total - weights.reduce(0) { $0 + $1 * $1 } / total
    trials = controls.count
    tauSquared = max(0, (q - Double(controls.count - 1)) / spread)
    let between = tauSquared
    let widened = observed.map { 1 / ($0.variance + between) }
    let mean = Self.mean(observed.map(\.value), widened)
    let scale = zip(observed, widened).reduce(0) { $0 + $1.1 * pow($1.0.value - mean, 2) }
    logit = mean
    standardError =
      (max(1, scale / Double(controls.count - 1)) / widened.reduce(0, +)).squareRoot()
  }

  /// The logit of a count and its variance.
  static func logit(_ count: ResponseCount) -> (value: Double, variance: Double) {
    let added = count.responders == 0 || count.nonResponders == 0 ? 0.5 : 0
    let (yes, no) = (Double(count.responders) + added, Double(count.nonResponders) + added)
    return (log(yes / no), 1 / yes + 1 / no)
  }

  private static func mean(_ values: [Double], _ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// The rate at the mean of the logits.
  public var rate: Double { expit(logit) }

  /// The probability of a *Q* as large when all trials have one rate.
  public var homogeneityPValue: Double { pchisq(q, Double(trials - 1), 0, 0) }

  /// The share of the variation that is between trials, Higgins's *I*².
  public var inconsistency: Double { q > 0 ? max(0, 1 - Double(trials - 1) / q) : 0 }

  /// The confidence interval of the mean trial's rate.
  public func interval(level: Double) throws(StatisticsError) -> (lower: Double, upper: Double) {
    try around(standardError, level)
  }

  /// The interval in which a new trial's rate is expected.
  public func predictionInterval(
    level: Double
  ) throws(StatisticsError) -> (lower: Double, upper: Double) {
    try around((tauSquared + standardError * standardError).squareRoot(), level)
  }

  private func around(
    _ error: Double, _ level: Double
  ) throws(StatisticsError) -> (lower: Double, upper: Double) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    let reach = qt((1 - level) / 2, Double(trials - 1), 0, 0) * error
    return (expit(logit - reach), expit(logit + reach))
  }

  /// A test that a treated group has the rate of a control group of a new trial.
  public func test(
    _ treated: ResponseCount, _ alternative: Alternative = .twoSided
  ) -> TestResult {
    let observed = Self.logit(treated)
    let error = (observed.variance + tauSquared + standardError * standardError).squareRoot()
    let t = (observed.value - logit) / error
    let freedom = Double(trials - 1)
    let p =
      switch alternative {
      case .twoSided: 2 * pt(t.magnitude, freedom, 0, 0)
      case .greater: pt(t, freedom, 0, 0)
      case .less: pt(t, freedom, 1, 0)
      }
    return TestResult(pValue: p, statistic: t)
  }
}
