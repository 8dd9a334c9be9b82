internal import Glibc

/// The normal prior of the trials' mean rate, on the logit scale.
///
/// The default, mean 0 and standard deviation 2, is RBesT's: nearly uniform on the rate.
///
/// ## References
///
/// - Weber S, Li Y, Seaman JW, Kakizume T, Schmidli H (2021). Applying meta-analytic-predictive
///   priors with the R Bayesian evidence synthesis tools. *J Stat Softw* 100(19):1–32.
public struct MeanPrior: Sendable, Hashable {
  public let mean: Double
  public let deviation: Double

  public static let standard = Self(mean: 0, deviation: 2)

  private init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// - Throws: ``StatisticsError/meanPriorOutOfRange(mean:deviation:)`` unless the mean lies
  ///   between −20 and 20 and the standard deviation between 0.001 and 100.
  public init(checking mean: Double, deviation: Double) throws(StatisticsError) {
    guard mean.magnitude <= 20, (0.001...100).contains(deviation) else {
      throw .meanPriorOutOfRange(mean: mean, deviation: deviation)
    }
    self.init(mean: mean, deviation: deviation)
  }

  func logDensity(at logit: Double) -> Double {
    let z = (logit - mean) / deviation
    return -z * z / 2 - log(deviation) - logRootTwoPi
  }
}
