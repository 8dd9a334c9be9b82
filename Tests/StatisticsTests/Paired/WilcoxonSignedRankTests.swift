import ReferenceTesting
import Statistics
import Testing

struct WilcoxonSignedRankTests {
  typealias Method = WilcoxonSignedRank.Method
  typealias ZeroRule = WilcoxonSignedRank.ZeroRule

  static let reference = Result {
    try ReferenceTable<SignedRankRow>.load("signed-ranks", in: .module)
  }
  static let programs = Result {
    try ReferenceTable<PairedPrograms>.load("paired-programs", in: .module)
  }

  @Test(
    "agrees with exact integers and 40 digits, every method", arguments: try reference.get().rows)
  func agreesWithReference(row: SignedRankRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    for rule in ZeroRule.allCases {
      let expected = try #require(row.rules[rule.rawValue])
      let test = try WilcoxonSignedRank(row.differences, zeros: rule)
      #expect(test.statistic == expected.statistic)
      for method in Method.allCases {
        for (alternative, value) in zip(Alternative.allCases, expected.pValues(method)) {
          let pValue = try test.pValue(method, alternative)
          #expect(
            pValue.agrees(with: value, within: tolerance),
            "\(rule) \(method) \(alternative): \(pValue) v \(value)")
        }
      }
    }
  }

  @Test("agrees with R, exactRankTests and coin", arguments: try programs.get().rows[0].series)
  func agreesWithPrograms(series: PairedPrograms.Series) throws {
    let tolerance = try Self.programs.get().relativeTolerance
    let test = try WilcoxonSignedRank(series.differences)
    let pratt = try WilcoxonSignedRank(series.differences, zeros: .pratt)
    #expect(test.statistic == series.statistic)
    let sign = try SignTest(series.differences)
    for (index, alternative) in Alternative.allCases.enumerated() {
      let pairs = [
        (try test.pValue(.exact, alternative), series.wilcoxonExact),
        (try test.pValue(.normal, alternative), series.wilcoxonNormal),
        (try test.pValue(.normalContinuityCorrected, alternative), series.wilcoxonCorrected),
        (try pratt.pValue(.exact, alternative), series.prattExact),
        (try pratt.pValue(.normal, alternative), series.prattNormal),
        (sign.pValue(alternative), series.sign),
      ]
      for (place, (ours, theirs)) in pairs.enumerated() {
        #expect(
          ours.agrees(with: theirs[index], within: tolerance),
          "\(place) \(alternative): \(ours) v \(theirs[index])")
      }
    }
  }

  @Test("equals the list of all sign patterns, up to twelve differences", arguments: 1...12)
  func bruteForce(count: Int) throws {
    // A fixed sequence with ties and zeros.
    let differences = (0..<count).map { Double(($0 * 7 + count * 3) % 9 - 3) }
    for rule in ZeroRule.allCases {
      let test = try WilcoxonSignedRank(differences, zeros: rule)
      let all = Self.rankSums(differences, zeros: rule)
      let observed = test.statistic
      let share = { (keep: (Double) -> Bool) in Double(all.count(where: keep)) / Double(all.count) }
      #expect(try test.pValue(.exact, .less).agrees(with: share { $0 <= observed }, within: 1e-14))
      #expect(
        try test.pValue(.exact, .greater).agrees(with: share { $0 >= observed }, within: 1e-14))
      let distance = (observed - test.expected).magnitude
      let far = share { ($0 - test.expected).magnitude >= distance }
      #expect(try test.pValue(.exact).agrees(with: far, within: 1e-14))
    }
  }

  /// V of every pattern of signs, ranks being counted pair by pair.
  private static func rankSums(_ differences: [Double], zeros rule: ZeroRule) -> [Double] {
    let pool = rule == .pratt ? differences : differences.filter { $0 != 0 }
    let ranks = pool.filter { $0 != 0 }.map { value in
      let below = pool.count { abs($0) < abs(value) }
      return Double(below) + Double(pool.count { abs($0) == abs(value) } + 1) / 2
    }
    return (0..<(1 << ranks.count)).map { pattern in
      ranks.enumerated().reduce(0) { $0 + (pattern >> $1.offset & 1 == 1 ? $1.element : 0) }
    }
  }

  @Test("holds its laws", arguments: ZeroRule.allCases, Method.allCases)
  func laws(rule: ZeroRule, method: Method) throws {
    for row in try Self.reference.get().rows where row.differences.count <= 60 {
      let test = try WilcoxonSignedRank(row.differences, zeros: rule)
      let mirror = try WilcoxonSignedRank(row.differences.map { -$0 }, zeros: rule)
      let scaled = try WilcoxonSignedRank(row.differences.map { $0 * 1024 }, zeros: rule)
      let shuffled = try WilcoxonSignedRank(row.differences.reversed(), zeros: rule)
      let (twoSided, greater, less) = (
        try test.pValue(method), try test.pValue(method, .greater), try test.pValue(method, .less)
      )
      #expect([twoSided, greater, less].allSatisfy { (0...1).contains($0) })
      #expect(try less.agrees(with: mirror.pValue(method, .greater), within: 1e-12))
      #expect(try twoSided.agrees(with: mirror.pValue(method), within: 1e-12))
      #expect(try scaled.pValue(method) == twoSided && shuffled.pValue(method) == twoSided)
      if method == .exact { #expect(less + greater >= 1 - 1e-15) }
      #expect(twoSided >= min(less, greater) * (1 - 1e-15))
    }
  }

  @Test("decimals that differ in the last bit are tied, or not when told so")
  func ties() throws {
    // 0.3 − 0.2 and 0.7 − 0.6 are not 0.1, nor is 0.3 − 0.1 − 0.2 nothing.
    let differences = [0.3 - 0.2, 0.1, 0.6 - 0.7, 0.4, 0.3 - 0.1 - 0.2]
    let tied = try WilcoxonSignedRank(differences)
    #expect(tied.hasTies && tied.zeros == 1 && tied.statistic == 2 + 2 + 4)
    let untied = try WilcoxonSignedRank(differences, tieTolerance: 0)
    #expect(untied.zeros == 0 && untied.statistic == 2.5 + 4 + 5)
    // Ties are measured from the least of their group.
    let chain = try WilcoxonSignedRank([1, 1.4, 1.8, 2], tieTolerance: 0.25)
    #expect(chain.hasTies && chain.statistic == 10)
    #expect(try chain.pValue(.exact, .greater) == 1 / 16.0)
    let mixed = try WilcoxonSignedRank([1, 1.4, -1.8, -2], tieTolerance: 0.25)
    #expect(mixed.statistic == 3)
  }

  @Test("says that zeros alone speak for nothing")
  func zeros() throws {
    for rule in ZeroRule.allCases {
      let test = try WilcoxonSignedRank([0, 0, 0], zeros: rule)
      #expect(test.zeros == 3 && test.statistic == 0 && test.expected == 0)
      for method in Method.allCases { #expect(try test.pValue(method) == 1) }
      #expect(try test.pValue(.exact, .greater) == 1)
      #expect(try test.pValue(.normal, .greater) == 0.5)
    }
    #expect(try SignTest([0, 0]).pValue() == 1)
  }

  @Test("Pratt's zeros raise the ranks, so they are never evidence")
  func prattZeros() throws {
    let without = try WilcoxonSignedRank([1, 2, 3, -4], zeros: .pratt)
    let with = try WilcoxonSignedRank([0, 1, 2, 3, -4], zeros: .pratt)
    #expect(without.statistic == 6 && with.statistic == 9)
    #expect(try WilcoxonSignedRank([0, 1, 2, 3, -4]).statistic == 6)
  }

  @Test("is exact to its limit and refuses beyond it")
  func limit() throws {
    let most = WilcoxonSignedRank.maximumExactDifferences
    let positive = try WilcoxonSignedRank((1...most).map(Double.init))
    #expect(positive.recommendedMethod == .exact)
    #expect(positive.methodOfR == .normalContinuityCorrected)
    let tail = Double(sign: .plus, exponent: -most, significand: 1)
    #expect(try positive.pValue(.exact, .greater) == tail)
    #expect(try positive.pValue(.exact) == 2 * tail)
    #expect(try positive.pValue(.exact, .less) == 1)
    let larger = try WilcoxonSignedRank((1...most + 1).map { Double($0) })
    #expect(larger.recommendedMethod == .normalContinuityCorrected)
    let error = #expect(throws: StatisticsError.self) { try larger.pValue(.exact) }
    #expect(
      error?.description
        == "an exact signed rank test takes at most 1000 differences other than zero, not 1001")
  }

  @Test("chooses R's method as R does")
  func methodOfR() throws {
    #expect(try WilcoxonSignedRank([1, 2, -3]).methodOfR == .exact)
    #expect(try WilcoxonSignedRank([1, 2, -2]).methodOfR == .normalContinuityCorrected)
    #expect(try WilcoxonSignedRank([1, 2, 0]).methodOfR == .normalContinuityCorrected)
    #expect(try WilcoxonSignedRank((1...49).map(Double.init)).methodOfR == .exact)
    #expect(
      try WilcoxonSignedRank((1...50).map(Double.init)).methodOfR == .normalContinuityCorrected)
  }

  @Test("refuses what is no difference")
  func refuses() throws {
    let none = #expect(throws: StatisticsError.self) { try WilcoxonSignedRank([]) }
    #expect(none?.description == "there is no paired difference to analyze")
    for value in [Double.nan, .infinity] {
      let error = #expect(throws: StatisticsError.self) { try SignTest([1, value]) }
      #expect(error?.description == "every value must be a finite number, unlike \(value)")
    }
    let counts = #expect(throws: StatisticsError.self) {
      try SignTest(positives: -1, negatives: 3)
    }
    #expect(counts?.description == "-1 responders among 3 patients is not a possible count")
    #expect(throws: StatisticsError.self) { try SignTest(positives: .max, negatives: 1) }
    #expect(throws: StatisticsError.self) { try SignTest(positives: 0, negatives: 0) }
  }

  @Test("traps tolerances that are none")
  func tolerances() async {
    await #expect(processExitsWith: .failure) {
      _ = try WilcoxonSignedRank([1], tieTolerance: -1)
    }
    await #expect(processExitsWith: .failure) { _ = try SignTest([1], tolerance: .nan) }
  }

  @Test("keeps the names of rules and methods and says a convention for each")
  func names() {
    #expect(ZeroRule.allCases.map(\.rawValue) == ["wilcoxon", "pratt"])
    #expect(Method.allCases.map(\.rawValue) == ["exact", "normal", "normal-cc"])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
    #expect(Set(ZeroRule.allCases.map(\.convention)).count == ZeroRule.allCases.count)
  }
}

struct SignTestTests {
  @Test("agrees with exact integers", arguments: try WilcoxonSignedRankTests.reference.get().rows)
  func agreesWithReference(row: SignedRankRow) throws {
    let test = try SignTest(row.differences)
    let counted = try SignTest(
      positives: test.positives, negatives: test.negatives, zeros: test.zeros)
    #expect(counted == test)
    for (alternative, value) in zip(Alternative.allCases, row.sign) {
      let result = test.result(alternative)
      #expect(result.pValue.agrees(with: value, within: 1e-10))
      #expect(result.statistic == Double(test.positives))
    }
  }
}
