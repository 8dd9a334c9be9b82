/// A confidence interval for what two groups differ by in every stratum alike.
public struct StratifiedInterval: Sendable, Hashable {
  public let table: StratifiedTable
  public let level: Double
  public let method: Method
  /// Mantel and Haenszel's common difference, ratio or odds ratio; nil where none is defined.
  public let estimate: Double?
  public let lower: Double
  public let upper: Double

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public init(
    _ table: StratifiedTable, level: Double = 0.95, method: Method = .miettinenNurminen
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.table = table
    self.level = level
    self.method = method
    let common = MantelHaenszel(table)
    estimate =
      switch method.contrast {
      case .difference: common.difference
      case .ratio: common.ratio
      case .oddsRatio: common.oddsRatio
      }
    (lower, upper) = method.limits(
      for: table, common, deviate: normalDeviate(upperTail: (1 - level) / 2))
  }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

extension StratifiedInterval {
  /// How the interval is built.
  ///
  /// Raw values are the names used in commands and results. All weight strata by n₁ n₂ / N, the
  /// weights of Mantel and Haenszel.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inverts the stratified score test of the difference, with N / (N − 1) in each stratum.
    ///
    /// ## References
    ///
    /// - Miettinen O, Nurminen M (1985). Comparative analysis of two rates. *Stat Med*
    ///   4:213–226.
    /// - Lu K (2008). Cochran-Mantel-Haenszel weighted Miettinen & Nurminen method for confidence
    ///   intervals of the difference in binomial proportions from stratified 2×2 samples. *Proc
    ///   Joint Stat Meetings*, Biopharm Sect.
    case miettinenNurminen = "stratified-miettinen-nurminen"

    /// Combines stratified Wilson limits of the two rates.
    ///
    /// ## References
    ///
    /// - Yan X, Su XG (2010). Stratified Wilson and Newcombe confidence intervals for multiple
    ///   binomial proportions. *Stat Biopharm Res* 2:329–335.
    case newcombe = "stratified-newcombe"

    /// The common difference with Sato's variance; SAS's default, COMMONRISKDIFF(CL=MH).
    ///
    /// Clipped to [−1, 1].
    ///
    /// ## References
    ///
    /// - Sato T (1989). On the variance estimator for the Mantel-Haenszel risk difference.
    ///   *Biometrics* 45:1323–1324.
    case sato = "mantel-haenszel-sato"

    /// The common difference with Greenland and Robins's variance; clipped to [−1, 1].
    ///
    /// ## References
    ///
    /// - Greenland S, Robins JM (1985). Estimation of a common effect parameter from sparse
    ///   follow-up data. *Biometrics* 41:55–68.
    case greenlandRobins = "mantel-haenszel-greenland-robins"

    /// The common ratio with Greenland and Robins's variance of its logarithm.
    ///
    /// 0 to infinity where a group has no responder in any stratum.
    ///
    /// ## References
    ///
    /// - Greenland S, Robins JM (1985). Estimation of a common effect parameter from sparse
    ///   follow-up data. *Biometrics* 41:55–68.
    case ratio = "mantel-haenszel-ratio"

    /// Inverts the stratified score test of the ratio, with N / (N − 1) in each stratum.
    ///
    /// ## References
    ///
    /// - Miettinen O, Nurminen M (1985). Comparative analysis of two rates. *Stat Med*
    ///   4:213–226.
    case scoreRatio = "stratified-score-ratio"

    /// The common odds ratio with Robins, Breslow and Greenland's variance of its logarithm.
    ///
    /// What R's `mantelhaen.test` prints. 0 to infinity where the estimate is 0 or infinite.
    ///
    /// ## References
    ///
    /// - Robins J, Breslow N, Greenland S (1986). Estimators of the Mantel-Haenszel variance
    ///   consistent in both sparse data and large-strata limiting models. *Biometrics*
    ///   42:311–323.
    case oddsRatio = "mantel-haenszel-odds-ratio"

    /// What the interval is of.
    public var contrast: RateContrast {
      switch self {
      case .miettinenNurminen, .newcombe, .sato, .greenlandRobins: .difference
      case .ratio, .scoreRatio: .ratio
      case .oddsRatio: .oddsRatio
      }
    }

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .miettinenNurminen:
        "Score limits with N/(N-1) in each stratum, Mantel-Haenszel weights n1 n2/N."
      case .newcombe: "Yan and Su's stratified Newcombe limits, Mantel-Haenszel weights n1 n2/N."
      case .sato: "Sato's variance, as SAS COMMONRISKDIFF(CL=MH); clipped to [-1, 1]."
      case .greenlandRobins: "Greenland and Robins's variance; clipped to [-1, 1]."
      case .ratio: "Greenland and Robins's variance of the logarithm."
      case .scoreRatio:
        "Score limits with N/(N-1) in each stratum, Mantel-Haenszel weights n1 n2/N."
      case .oddsRatio: "Robins, Breslow and Greenland's variance, as R's mantelhaen.test."
      }
    }
  }
}

extension StratifiedInterval.Method {
  fileprivate func limits(
    for table: StratifiedTable, _ common: MantelHaenszel, deviate z: Double
  ) -> (Double, Double) {
    switch self {
    case .miettinenNurminen, .scoreRatio:
      return ScoreEquation(strata: table.strata, contrast: contrast).limits(deviate: z)
    case .newcombe: return newcombeLimits(for: table, common.difference, deviate: z)
    case .sato, .greenlandRobins:
      let variance = self == .sato ? common.satoVariance : common.greenlandRobinsVariance
      let half = z * variance.squareRoot()
      return (max(-1, common.difference - half), min(1, common.difference + half))
    case .ratio:
      return logarithmic(common.ratio, common.logRatioVariance, deviate: z)
    case .oddsRatio:
      return logarithmic(common.oddsRatio, common.logOddsRatioVariance, deviate: z)
    }
  }

  private func logarithmic(
    _ estimate: Double?, _ variance: Double, deviate z: Double
  ) -> (Double, Double) {
    guard let estimate, estimate > 0, estimate.isFinite else { return (0, .infinity) }
    return logarithmicLimits(about: estimate, variance: variance, deviate: z)
  }

  /// Variances are taken at the stratified Wilson limits, λ = Σ w² / n standing for 1/n.
  private func newcombeLimits(
    for table: StratifiedTable, _ difference: Double, deviate z: Double
  ) -> (Double, Double) {
    let raw = table.strata.map(\.mantelHaenszelWeight)
    let total = raw.reduce(0, +)
    let weights = raw.map { $0 / total }
    func group(_ counts: [ResponseCount]) -> (lower: Double, upper: Double) {
      let rate = StratifiedRate(counts: counts, weights: weights)
      let (lower, upper) = rate.wilsonLimits(deviate: z)
      let scale = rate.inverseSize
      return (scale * lower * (1 - lower), scale * upper * (1 - upper))
    }
    let treated = group(table.strata.map(\.treated))
    let control = group(table.strata.map(\.control))
    return (
      max(-1, difference - z * (treated.lower + control.upper).squareRoot()),
      min(1, difference + z * (treated.upper + control.lower).squareRoot())
    )
  }
}
