import ReferenceTesting
import Statistics
import Testing

struct TwoSampleTestTests {
  typealias Method = TwoSampleTest.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("two-sample-tests", in: .module)
  }

  @Test("agrees with integers, fractions and dense search", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let test = try TwoSampleTest(row.counts)
    for (name, expected) in try #require(row.pValues) {
      let method = try #require(Method(rawValue: name))
      for (alternative, value) in zip(Alternative.allCases, expected) {
        let pValue = try test.pValue(method, alternative)
        #expect(
          pValue.agrees(with: value, within: tolerance),
          "\(name) \(alternative): \(pValue) v \(value)")
      }
    }
  }

  @Test("the reference covers every method, at no fewer than 300 points in all")
  func referenceIsLarge() throws {
    let names = try Self.reference.get().rows.flatMap { try #require($0.pValues?.keys) }
    #expect(names.count >= 300)
    #expect(Set(names) == Set(Method.allCases.map(\.rawValue)))
  }

  static let exact: [Method] = [
    .fisher, .fisherMidP, .barnard, .barnardBergerBoos, .boschloo, .boschlooCentral,
  ]

  @Test("holds its laws for every table of groups up to five", arguments: 1...5, 1...5)
  func laws(treated: Int, control: Int) throws {
    for method in Method.allCases {
      for x1 in 0...treated {
        for x2 in 0...control {
          let table = try ContingencyTable.make([x1, treated, x2, control])
          let own = try pValues(method, table)
          let swapped = try pValues(method, table.swapped)
          let mirror = try pValues(
            method, .make([treated - x1, treated, control - x2, control]))
          #expect(own.all.allSatisfy { (0...1).contains($0) }, "\(method) \(table)")
          for other in [swapped, mirror] {
            #expect(own.twoSided.agrees(with: other.twoSided, within: 1e-12))
            #expect(own.greater.agrees(with: other.less, within: 1e-12), "\(method) \(table)")
          }
          // Boschloo's orders by two-sided and by one-sided p are different orders.
          if method == .boschloo || method == .boschlooCentral { continue }
          #expect(own.less + own.greater >= 1 - 1e-12, "\(method) \(table)")
          #expect(own.twoSided >= min(own.less, own.greater) * (1 - 1e-12))
        }
      }
    }
  }

  private func pValues(_ method: Method, _ table: ContingencyTable) throws -> PValues {
    let test = TwoSampleTest(table)
    return PValues(
      twoSided: try test.pValue(method), greater: try test.pValue(method, .greater),
      less: try test.pValue(method, .less))
  }

  private struct PValues {
    var twoSided, greater, less: Double
    var all: [Double] { [twoSided, greater, less] }
  }

  @Test("Boschloo's p is never above Fisher's, nor Fisher's mid-p", arguments: 1...9, 1...9)
  func uniformlyMorePowerful(treated: Int, control: Int) throws {
    for x1 in 0...treated {
      for x2 in 0...control {
        let test = TwoSampleTest(try .make([x1, treated, x2, control]))
        for alternative in Alternative.allCases {
          let fisher = try test.pValue(.fisher, alternative)
          #expect(try test.pValue(.boschloo, alternative) <= fisher * (1 + 1e-12))
          #expect(try test.pValue(.fisherMidP, alternative) <= fisher)
        }
      }
    }
  }

  /// Everything here but the maximization is repeated from the definition.
  @Test("Barnard's p is the highest point of the probability of more extreme tables")
  func barnardIsTheSupremum() throws {
    for (treated, control) in [(2, 3), (4, 4), (5, 6)] {
      for x1 in 0...treated {
        for x2 in 0...control {
          let observed = Table(x1, treated, x2, control)
          let extreme = observed.all.filter { $0.isAtLeastAsExtreme(as: observed) }
          let highest = stride(from: 0.0, through: 1, by: 0.005).map { rate in
            extreme.reduce(0) { $0 + $1.probability(rate) }
          }.max()
          let pValue = try TwoSampleTest(.make([x1, treated, x2, control])).pValue(.barnard)
          let grid = try #require(highest)
          #expect(pValue >= min(1, grid) - 1e-12 && pValue <= grid + 1e-3, "\(observed)")
        }
      }
    }
  }

  @Test("nobody or everybody responding tells nothing", arguments: Method.allCases)
  func degenerate(method: Method) throws {
    for counts in [[0, 5, 0, 10], [5, 5, 10, 10], [0, 1, 0, 1]] {
      let test = TwoSampleTest(try .make(counts))
      #expect(try test.pValue(method, .twoSided) == 1)
      let statistic = try test.result(method).statistic
      #expect(statistic == nil || statistic == 0)
    }
  }

  @Test("counts equal statistics as equal, where SciPy 1.17.1 says 0.12293 and 0.0210")
  func ties() throws {
    let first = try TwoSampleTest(.make([7, 12, 3, 12])).pValue(.barnard)
    #expect(first.agrees(with: 0.12588383927240099, within: 1e-12))
    let second = try TwoSampleTest(.make([4, 12, 9, 11])).pValue(.barnard)
    #expect((second * 1e4).rounded() == 215, "SAS prints 0.0215")
  }

  @Test("finds the narrow peak of 15/30 v 61/243 and says where it is")
  func narrowPeak() throws {
    let result = try TwoSampleTest(.make([15, 30, 61, 243])).result(.barnard)
    #expect(result.pValue.agrees(with: 0.01331980221473147, within: 1e-12))
    let rate = try #require(result.nuisanceRate)
    #expect(rate.agrees(with: 0.0134143128816, within: 1e-6))
    #expect(result.statistic?.agrees(with: 2.8704783756070658, within: 1e-13) == true)
  }

  @Test("a smaller gamma widens the common rates Berger and Boos search")
  func gamma() throws {
    let table = try ContingencyTable.make([15, 30, 61, 243])
    let usual = TwoSampleTest(table)
    #expect(usual.gamma == 0.001)
    let wide = try TwoSampleTest(table, gamma: 1e-12).pValue(.barnardBergerBoos)
    let usualP = try usual.pValue(.barnardBergerBoos)
    #expect(wide > 0.0039 && wide < usualP)
    for gamma in [0, 1, -1, Double.nan] {
      let error = #expect(throws: StatisticsError.self) { try TwoSampleTest(table, gamma: gamma) }
      #expect(
        error?.description
          == "Berger and Boos's gamma must lie strictly between 0 and 1, not \(gamma)")
    }
  }

  @Test("gives χ² and its degree of freedom two-sided, its signed root one-sided")
  func statistics() throws {
    let test = TwoSampleTest(try .make([8, 20, 14, 20]))
    for method in [Method.chiSquare, .chiSquareYates, .likelihoodRatio] {
      let twoSided = try test.result(method)
      let less = try test.result(method, .less)
      let root = try #require(less.statistic)
      #expect(twoSided.degreesOfFreedom == 1 && less.degreesOfFreedom == nil)
      #expect(root < 0)
      #expect(twoSided.statistic?.agrees(with: root * root, within: 1e-14) == true)
      #expect(less.pValue.agrees(with: twoSided.pValue / 2, within: 1e-13))
    }
  }

  @Test("refuses tables that would take too long, and still answers the quick tests")
  func tooLarge() throws {
    let test = TwoSampleTest(try .make([1, 5001, 2, 5000]))
    for method in Self.exact.dropFirst(2) {
      let error = #expect(throws: StatisticsError.self) { try test.pValue(method) }
      #expect(
        error?.description
          == "5001 and 5000 patients are too many for this exact test: the two groups together "
          + "may have at most 10000")
    }
    let most = ResponseCount.maximumPatients
    let huge = TwoSampleTest(try .make([most / 2, most, most / 2 - 30_000, most]))
    let fisher = try huge.pValue(.fisher)
    #expect(fisher.agrees(with: try huge.pValue(.chiSquare), within: 1e-3))
  }

  @Test("ties of one half on every second diagonal of equal groups are no work")
  func halves() throws {
    // Values by generate/two_samples.py.
    let small = try TwoSampleTest(.make([2, 5, 3, 5])).pValue(.boschloo, .less)
    #expect(small.agrees(with: 0.376953125, within: 1e-12))
    let middle = try TwoSampleTest(.make([20, 40, 21, 40])).pValue(.boschloo, .less)
    #expect(middle.agrees(with: 0.45553606061304639, within: 1e-12))
    let large = TwoSampleTest(try .make([1000, 2000, 1001, 2000]))
    let pValue = try large.pValue(.boschloo, .less)
    #expect(pValue <= (try large.pValue(.fisher, .less)) * (1 + 1e-12) && pValue > 0.48)
  }

  @Test("answers when one group's rate leaves no doubt")
  func extreme() throws {
    let test = TwoSampleTest(try .make([1000, 1000, 0, 1000]))
    for method in Self.exact.dropFirst(2) where method != .barnardBergerBoos {
      let pValue = try test.pValue(method)
      #expect(pValue >= 0 && pValue < 1e-290, "\(method): \(pValue)")
      #expect(try test.pValue(method, .less) == 1)
    }
  }

  @Test("below 10⁻²⁹⁰ Fisher's p stands for Boschloo's")
  func underflow() throws {
    let test = TwoSampleTest(try .make([500, 500, 0, 500]))
    let fisher = try test.pValue(.fisher, .greater)
    #expect(fisher > 0 && fisher < 1e-299)
    #expect(try test.pValue(.boschloo, .greater).agrees(with: fisher, within: 1e-12))
  }

  @Test("the likelihood ratio loses nothing where the rates are nearly equal")
  func nearlyEqual() throws {
    let test = TwoSampleTest(try .make([500_001, 1_000_000, 500_000, 1_000_000]))
    let (ratio, square) = (try test.result(.likelihoodRatio), try test.result(.chiSquare))
    let value = try #require(ratio.statistic)
    #expect(square.statistic?.agrees(with: value, within: 1e-10) == true)
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "chi-square", "chi-square-yates", "fisher", "fisher-mid-p", "barnard",
        "barnard-berger-boos", "boschloo", "boschloo-central", "score-mn", "likelihood-ratio",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
    #expect(Alternative.allCases.map(\.rawValue) == ["two-sided", "greater", "less"])
  }
}

/// A table with Barnard's statistic written out plainly.
private struct Table {
  let x1, n1, x2, n2: Int

  init(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) {
    (self.x1, self.n1, self.x2, self.n2) = (x1, n1, x2, n2)
  }

  var all: [Table] {
    (0...n1).flatMap { i in (0...n2).map { Table(i, n1, $0, n2) } }
  }

  func isAtLeastAsExtreme(as other: Table) -> Bool {
    let (d, v) = (x1 * n2 - x2 * n1, (x1 + x2) * (n1 + n2 - x1 - x2))
    let (e, w) = (
      other.x1 * n2 - other.x2 * n1, (other.x1 + other.x2) * (n1 + n2 - other.x1 - other.x2)
    )
    if v == 0 || w == 0 { return e == 0 }
    return d * d * w >= e * e * v
  }

  func probability(_ rate: Double) -> Double {
    choose(n1, x1) * choose(n2, x2) * power(rate, x1 + x2) * power(1 - rate, n1 + n2 - x1 - x2)
  }

  private func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
