internal import Glibc

/// The prior of τ, the standard deviation of the trials' logits about their mean.
///
/// `half-normal(0.5)` expects moderate differences: with it, 95 % of trials have an odds ratio to
/// the mean trial between about 1/7 and 7. With one trial the data say nothing of τ and this
/// prior is the answer.
///
/// ## References
///
/// - Neuenschwander B, Capkun-Niggli G, Branson M, Spiegelhalter DJ (2010). Summarizing historical
///   information on controls in clinical trials. *Clin Trials* 7:5–18.
/// - Röver C, Bender R, Dias S, et al. (2021). On weakly informative prior distributions for the
///   heterogeneity parameter in Bayesian random-effects meta-analysis. *Res Synth Methods*
///   12:448–474.
public enum HeterogeneityPrior: Sendable, Hashable {
  /// The absolute value of a normal variable of mean 0.
  case halfNormal(scale: Double)
  case uniform(lower: Double, upper: Double)
  /// The logarithm of τ is normal, and τ at most 50.
  case logNormal(meanLog: Double, deviationLog: Double)
  case exponential(rate: Double)
  /// τ is taken as known; 0 pools the trials.
  case fixed(Double)

  public static let standard = Self.halfNormal(scale: 0.5)

  /// The largest τ a prior may reach for; at 10 every rate is near 0 or near 1.
  public static let limit = 10.0

  /// - Throws: ``StatisticsError/heterogeneityPriorOutOfRange(_:)`` where the numbers make no
  ///   prior, or one of values so large that rates are all 0 or 1.
  func check() throws(StatisticsError) {
    let isPossible =
      switch self {
      case .halfNormal(let scale): (1e-6...Self.limit).contains(scale)
      case .uniform(let lower, let upper):
        lower >= 0 && upper <= Self.limit && upper - lower >= 1e-6
      case .logNormal(let mean, let deviation):
        (-10...log(Self.limit)).contains(mean) && (0.01...2).contains(deviation)
      case .exponential(let rate): (1 / Self.limit...1e6).contains(rate)
      case .fixed(let value): (0...Self.limit).contains(value)
      }
    guard isPossible else { throw .heterogeneityPriorOutOfRange(description) }
  }
}

// MARK: Names

extension HeterogeneityPrior: CustomStringConvertible {
  /// The name, as `tau=` takes it: `half-normal(0.5)`.
  public var description: String {
    switch self {
    case .halfNormal(let scale): "half-normal(\(Self.short(scale)))"
    case .uniform(let lower, let upper): "uniform(\(Self.short(lower)), \(Self.short(upper)))"
    case .logNormal(let mean, let deviation):
      "log-normal(\(Self.short(mean)), \(Self.short(deviation)))"
    case .exponential(let rate): "exponential(\(Self.short(rate)))"
    case .fixed(let value): "fixed(\(Self.short(value)))"
    }
  }

  private static func short(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The forms ``init(parsing:)`` reads.
  public static let forms = [
    "half-normal(scale)", "uniform(lower, upper)", "log-normal(mean, sd)", "exponential(rate)",
    "fixed(value)",
  ]

  /// Reads a name such as `half-normal(0.5)`; nothing where the text is none of ``forms``.
  ///
  /// - Throws: ``StatisticsError/heterogeneityPriorOutOfRange(_:)`` where its numbers are
  ///   impossible.
  public init?(parsing text: String) throws(StatisticsError) {
    let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasSuffix(")") else { return nil }
    let numbers = parts[1].dropLast().split(separator: ",", omittingEmptySubsequences: false)
      .map { Double(String($0.filter { $0 != " " })) ?? .nan }
    switch (parts[0], numbers.count) {
    case ("half-normal", 1): self = .halfNormal(scale: numbers[0])
    case ("uniform", 2): self = .uniform(lower: numbers[0], upper: numbers[1])
    case ("log-normal", 2): self = .logNormal(meanLog: numbers[0], deviationLog: numbers[1])
    case ("exponential", 1): self = .exponential(rate: numbers[0])
    case ("fixed", 1): self = .fixed(numbers[0])
    default: return nil
    }
    try check()
  }
}

// MARK: Density

extension HeterogeneityPrior {
  /// The logarithm of the density where it is not zero.
  func logDensity(at value: Double) -> Double {
    switch self {
    case .halfNormal(let scale):
      let z = value / scale
      return log(2 / scale) - logRootTwoPi - z * z / 2
    case .uniform(let lower, let upper): return -log(upper - lower)
    case .logNormal(let mean, let deviation):
      let z = (log(value) - mean) / deviation
      return -z * z / 2 - log(deviation) - logRootTwoPi - log(value)
    case .exponential(let rate): return log(rate) - rate * value
    case .fixed: return 0
    }
  }

  /// A value the prior takes for typical.
  var typical: Double {
    switch self {
    case .halfNormal(let scale): scale
    case .uniform(let lower, let upper): (lower + upper) / 2
    case .logNormal(let mean, _): exp(mean)
    case .exponential(let rate): 1 / rate
    case .fixed(let value): value
    }
  }
}
