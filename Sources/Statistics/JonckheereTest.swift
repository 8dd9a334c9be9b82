/// Jonckheere and Terpstra's test that values do not rise or fall over ordered groups.
///
/// J counts the pairs of values from two groups in which the later group has the larger one; ties
/// count one half.
///
/// ## References
///
/// - Jonckheere AR (1954). A distribution-free k-sample test against ordered alternatives.
///   *Biometrika* 41:133–145.
/// - Hollander M, Wolfe DA, Chicken E (2014). *Nonparametric Statistical Methods*, 3rd ed.
///   Wiley, section 6.2.
public struct JonckheereTest: Sendable, Hashable {
  /// J.
  public let statistic: Double
  private let sizes: [Int]
  /// How many values are equal, for each distinct value.
  private let ties: [Int]

  /// - Throws: ``StatisticsError/tooFewGroups(_:)`` below two groups with values.
  public init(_ groups: [[Double]]) throws(StatisticsError) {
    let filled = groups.filter { !$0.isEmpty }
    guard filled.count > 1 else { throw .tooFewGroups(filled.count) }
    sizes = filled.map(\.count)
    ties = Self.ties(filled)
    statistic = Self.statistic(filled)
  }

  private static func ties(_ groups: [[Double]]) -> [Int] {
    var ties: [Int] = []
    var last: Double?
    for value in groups.joined().sorted() {
      if value == last { ties[ties.count - 1] += 1 } else { ties.append(1) }
      last = value
    }
    return ties
  }

  private static func statistic(_ groups: [[Double]]) -> Double {
    var twice = 0
    for later in groups.indices {
      for earlier in groups[..<later] {
        for a in earlier {
          for b in groups[later] { twice += a < b ? 2 : a == b ? 1 : 0 }
        }
      }
    }
    return Double(twice) / 2
  }

  /// Responses as values of 0 and 1.
  init(responses groups: [ResponseCount]) {
    sizes = groups.map(\.patients)
    let responders = groups.reduce(0) { $0 + $1.responders }
    ties = [responders, sizes.reduce(0, +) - responders].filter { $0 > 0 }
    var (twice, earlier, earlierResponders) = (0.0, 0.0, 0.0)
    for group in groups {
      let (x, y) = (Double(group.responders), Double(group.nonResponders))
      twice += 2 * x * (earlier - earlierResponders)
      twice += x * earlierResponders + y * (earlier - earlierResponders)
      earlier += x + y
      earlierResponders += x
    }
    statistic = twice / 2
  }

  private var patients: Double { Double(sizes.reduce(0, +)) }

  /// The value of J expected without a trend.
  public var expected: Double {
    (patients * patients - sizes.reduce(0.0) { $0 + Double($1) * Double($1) }) / 4
  }

  /// The test by J's normal approximation; its statistic is *z*.
  ///
  /// Corrected for ties the variance is SAS's; without, R's clinfun's, which suits untied data.
  public func normal(
    _ alternative: Alternative = .twoSided, correctsForTies: Bool = true
  ) -> TestResult {
    let variance = correctsForTies ? tiedVariance : untiedVariance
    let z = variance > 0 ? (statistic - expected) / variance.squareRoot() : 0
    return TestResult(pValue: normalPValue(z, alternative), statistic: z)
  }

  private var untiedVariance: Double {
    let term = { (n: Double) in n * n * (2 * n + 3) }
    return (term(patients) - sizes.reduce(0) { $0 + term(Double($1)) }) / 72
  }

  private var tiedVariance: Double {
    let n = patients
    func sum(_ counts: [Int], _ term: (Double) -> Double) -> Double {
      counts.reduce(0) { $0 + term(Double($1)) }
    }
    let third = { (t: Double) in t * (t - 1) * (2 * t + 5) }
    let triples = { (t: Double) in t * (t - 1) * (t - 2) }
    let pairs = { (t: Double) in t * (t - 1) }
    let first = (third(n) - sum(sizes, third) - sum(ties, third)) / 72
    let second = n > 2 ? sum(sizes, triples) * sum(ties, triples) / (36 * triples(n)) : 0
    return first + second + sum(sizes, pairs) * sum(ties, pairs) / (8 * pairs(n))
  }
}

extension JonckheereTest {
  /// The test by J's exact distribution without ties; two-sided by doubling the smaller tail.
  ///
  /// The distribution is symmetric, so doubling is also the distance from the expected value.
  /// It is nil where values are tied; ``TrendTest`` has the exact test of responses.
  ///
  /// - Throws: ``StatisticsError/tooManyTables(limit:)`` above 300 values.
  public func exact(
    _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult? {
    guard ties.allSatisfy({ $0 == 1 }) else { return nil }
    guard ties.count <= 300 else { throw .tooManyTables(limit: ScoreDistribution.maximumTables) }
    // Symmetric, and each chance is right relative to those below it: both tails from below.
    let chances = exactChances
    let observed = Int(statistic)
    let below = chances[...observed].reduce(0, +)
    let above = chances[...(chances.count - 1 - observed)].reduce(0, +)
    let pValue =
      switch alternative {
      case .less: below
      case .greater: above
      case .twoSided: 2 * min(below, above)
      }
    return TestResult(pValue: min(1, pValue), statistic: statistic)
  }

  /// The chance of each J: the product of the q-binomial coefficients of each group against all
  /// before it, each step divided by its number of arrangements.
  ///
  /// Multiplying by 1 − qᵃ and dividing by 1 − qᵇ are running differences and sums; both are
  /// done on averages, so that nothing overflows.
  private var exactChances: [Double] {
    var chances = [1.0]
    var before = sizes[0]
    for size in sizes.dropFirst() {
      for k in 1...size { chances = Self.multiplied(chances, by: before + k, over: k) }
      before += size
    }
    return chances
  }

  /// (1 − qᵃ) / (1 − qᵇ) times the polynomial, times b / a so that it still sums to 1.
  private static func multiplied(_ chances: [Double], by a: Int, over b: Int) -> [Double] {
    // The quotient of the running polynomial is again one, of degree a − b more.
    let length = chances.count + a - b
    var result = [Double](repeating: 0, count: length)
    for index in 0..<length {
      var value = index < chances.count ? chances[index] : 0
      if index >= a, index - a < chances.count { value -= chances[index - a] }
      if index >= b { value += result[index - b] }
      result[index] = value
    }
    let scale = Double(b) / Double(a)
    return result.map { max(0, $0) * scale }
  }
}
