internal import Glibc

/// A test that several groups, in no order, respond at one rate.
public struct HomogeneityTest: Sendable, Hashable {
  public let groups: [ResponseCount]

  /// - Throws: ``StatisticsError/tooFewGroups(_:)`` below two groups.
  public init(_ groups: [ResponseCount]) throws(StatisticsError) {
    guard groups.count > 1 else { throw .tooFewGroups(groups.count) }
    self.groups = groups
  }

  /// What the test finds; *p* is 1 where nobody or everybody responds.
  ///
  /// - Throws: ``StatisticsError/tooManyTables(limit:)`` from the exact test.
  public func result(_ method: Method) throws(StatisticsError) -> TestResult {
    switch method {
    case .chiSquare: chiSquare
    case .fisherFreemanHalton: TestResult(pValue: try exact())
    }
  }
}

extension HomogeneityTest {
  /// How the groups are compared.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Pearson's χ² on one degree of freedom less than there are groups.
    case chiSquare = "homogeneity-chi-square"

    /// Fisher's test of more than two groups: every table with these margins no more probable
    /// than the one observed, with R's tie rule of one part in 10⁷.
    ///
    /// ## References
    ///
    /// - Freeman GH, Halton JH (1951). Note on an exact treatment of contingency, goodness of fit
    ///   and other problems of significance. *Biometrika* 38:141–149.
    case fisherFreemanHalton = "fisher-freeman-halton"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .chiSquare: "Pearson's chi-square over all groups, no continuity correction."
      case .fisherFreemanHalton:
        "Fisher's test over all groups by minimum likelihood, as R's fisher.test."
      }
    }
  }

  private var responders: Int { groups.reduce(0) { $0 + $1.responders } }
  private var patients: Int { groups.reduce(0) { $0 + $1.patients } }

  private var chiSquare: TestResult {
    let (s, n) = (responders, patients)
    guard s > 0, s < n else { return TestResult(pValue: 1) }
    let statistic = groups.reduce(0.0) { sum, group in
      let distance = Double(group.responders * n - group.patients * s)
      return sum + distance / Double(group.patients) * (distance / (Double(s) * Double(n - s)))
    }
    let freedom = groups.count - 1
    return TestResult(
      pValue: chiSquareUpperTail(statistic, degreesOfFreedom: freedom), statistic: statistic,
      degreesOfFreedom: freedom)
  }

  private func exact() throws(StatisticsError) -> Double {
    let limit = ScoreDistribution.maximumTables
    guard patients <= TwoSampleTest.maximumPatients else { throw .tooManyTables(limit: limit) }
    // The last group but one settles the last, so two groups of the largest size are free.
    var tables = 1
    for size in groups.map(\.patients).sorted().dropLast() {
      let (product, overflows) = tables.multipliedReportingOverflow(by: size + 1)
      guard !overflows, product <= limit else { throw .tooManyTables(limit: limit) }
      tables = product
    }
    var walk = TableWalk(groups, responders: responders)
    walk.run()
    return walk.pValue
  }
}

/// A visit to every table with given margins.
private struct TableWalk {
  private let logarithms: [[Double]]
  private let capacity: [Int]
  private let responders: Int
  private let bound: Double
  private let observed: Double
  private var extreme = 0.0
  private var total = 0.0

  init(_ groups: [ResponseCount], responders: Int) {
    // The largest group is the one that is settled by the others.
    let sorted = groups.sorted { $0.patients < $1.patients }
    let rate = Double(responders) / Double(groups.reduce(0) { $0 + $1.patients })
    logarithms = sorted.map { group in
      let binomial = Binomial(patients: group.patients, rate: rate)
      return (0...group.patients).map(binomial.logProbability)
    }
    var capacity = [0]
    for group in sorted.reversed() { capacity.append((capacity.last ?? 0) + group.patients) }
    self.capacity = capacity.reversed()
    self.responders = responders
    observed = zip(logarithms, sorted).reduce(0) { $0 + $1.0[$1.1.responders] }
    bound = observed + log1p(relativeTieTolerance)
  }

  var pValue: Double { min(1, extreme / total) }

  mutating func run() { visit(0, left: responders, logarithm: 0) }

  private mutating func visit(_ group: Int, left: Int, logarithm: Double) {
    let last = logarithms.count - 1
    guard group < last else {
      let own = logarithm + logarithms[last][left]
      let chance = exp(own)
      total += chance
      if own <= bound { extreme += chance }
      return
    }
    let most = min(logarithms[group].count - 1, left)
    for x in max(0, left - capacity[group + 1])...most {
      visit(group + 1, left: left - x, logarithm: logarithm + logarithms[group][x])
    }
  }
}
