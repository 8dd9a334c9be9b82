internal import Glibc

/// A prior made robust: with a small probability the earlier trials have nothing to say.
///
/// (1 − *w*) times the informative density plus *w* times a vague one, worth one patient. When the
/// trial has a control group of its own, the vague part gains weight as far as that group
/// contradicts the earlier trials; without one nothing moves the weight.
///
/// ## References
///
/// - Schmidli H, Gsteiger S, Roychoudhury S, O'Hagan A, Spiegelhalter D, Neuenschwander B (2014).
///   Robust meta-analytic-predictive priors in clinical trials with historical control
///   information. *Biometrics* 70:1023–1032.
public struct RobustPrior: Sendable {
  /// The informative and the vague part, after the trial's own control group if it has one.
  public let informative: RateDensity
  public let vague: RateDensity
  /// The logarithm of how much better the vague part predicted the trial's own control group.
  private let logBayesFactor: Double

  public init(
    _ informative: RateDensity, vague: BetaShape = .uniform,
    concurrent count: ResponseCount? = nil
  ) {
    let vague = RateDensity(vague)
    guard let count else {
      (self.informative, self.vague, logBayesFactor) = (informative, vague, 0)
      return
    }
    let (first, second) = (informative.updated(by: count), vague.updated(by: count))
    (self.informative, self.vague) = (first.posterior, second.posterior)
    logBayesFactor = second.logEvidence - first.logEvidence
  }

  /// The weight of the vague part after the data, for its weight before them.
  public func vagueWeight(prior weight: Double) throws(StatisticsError) -> Double {
    guard (0...1).contains(weight) else { throw .weightOutOfRange(weight) }
    guard weight > 0, weight < 1, logBayesFactor != 0 else { return weight }
    return expit(log(weight) - log1p(-weight) + logBayesFactor)
  }

  /// The mixture for a weight of the vague part before the data.
  public func density(weight: Double) throws(StatisticsError) -> RateDensity {
    let after = try vagueWeight(prior: weight)
    return RateDensity(mixing: [(1 - after, informative), (after, vague)])
  }
}
