import ReferenceTesting
import Statistics
import Testing

struct TrendTests {
  static let trend = Result { try ReferenceTable<ReferenceRow>.load("trend", in: .module) }
  static let homogeneity = Result {
    try ReferenceTable<ReferenceRow>.load("homogeneity", in: .module)
  }
  static let jonckheere = Result {
    try ReferenceTable<ReferenceRow>.load("jonckheere", in: .module)
  }

  @Test("agrees with every table visited, in fractions", arguments: try trend.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.trend.get().relativeTolerance
    let test = TrendTest(try TrendTable(row.groupCounts, scores: row.scores))
    for (name, expected) in try #require(row.pValues) {
      let method = try #require(TrendTest.Method(rawValue: name))
      for (alternative, value) in zip(Alternative.allCases, expected) {
        let pValue = try test.result(method, alternative).pValue
        #expect(
          pValue.agrees(with: value, within: tolerance),
          "\(name) \(alternative): \(pValue) v \(value)")
      }
    }
  }

  @Test("several groups agree with every table visited", arguments: try homogeneity.get().rows)
  func severalGroups(row: ReferenceRow) throws {
    let tolerance = try Self.homogeneity.get().relativeTolerance
    let test = try HomogeneityTest(row.groupCounts)
    for (name, expected) in try #require(row.pValues) {
      let method = try #require(HomogeneityTest.Method(rawValue: name))
      let pValue = try test.result(method).pValue
      #expect(pValue.agrees(with: expected[0], within: tolerance), "\(name): \(pValue)")
    }
  }

  @Test("values agree with every arrangement", arguments: try jonckheere.get().rows)
  func values(row: ReferenceRow) throws {
    let tolerance = try Self.jonckheere.get().relativeTolerance
    let test = try JonckheereTest(#require(row.values))
    let expected = try #require(row.pValues)
    for (index, alternative) in Alternative.allCases.enumerated() {
      let exact = try #require(try test.exact(alternative))
      for (name, ours) in [
        ("exact", exact.pValue), ("tied", test.normal(alternative).pValue),
        ("untied", test.normal(alternative, correctsForTies: false).pValue),
      ] {
        let value = try #require(expected[name])[index]
        #expect(ours.agrees(with: value, within: tolerance), "\(name): \(ours) v \(value)")
      }
    }
  }

  @Test("holds its laws for every three groups of up to four", arguments: 1...4, 1...4)
  func laws(first: Int, last: Int) throws {
    for x1 in 0...first {
      for (x2, x3) in everyPair(2, last) {
        let counts = try [(x1, first), (x2, 2), (x3, last)].map {
          try ResponseCount(responders: $0, patients: $1)
        }
        let scores = [0.1, 0.2, 0.7]
        let table = TrendTest(try TrendTable(counts, scores: scores))
        let mirrored = TrendTest(try TrendTable(counts.reversed(), scores: scores.reversed()))
        let downward = TrendTest(
          try TrendTable(counts.reversed(), scores: scores.map { -$0 }.reversed()))
        for method in TrendTest.Method.allCases {
          let up = try table.result(method, .greater).pValue
          let down = try table.result(method, .less).pValue
          let both = try table.result(method).pValue
          #expect(up + down >= 1 - 1e-12 && both >= min(up, down) * (1 - 1e-12))
          #expect([up, down, both].allSatisfy { (0...1).contains($0) })
          if method == .cochranArmitage || method == .cochranArmitageExact {
            #expect(try mirrored.result(method, .greater).pValue.agrees(with: up, within: 1e-10))
          }
          #expect(try downward.result(method, .less).pValue.agrees(with: up, within: 1e-10))
        }
      }
    }
  }

  @Test("two groups are compared as Fisher and the chi-square test compare them")
  func twoGroups() throws {
    for (x1, x2) in everyPair(5, 7) {
      let counts = try [
        ResponseCount(responders: x2, patients: 7), .init(responders: x1, patients: 5),
      ]
      let table = try ContingencyTable.make([x1, 5, x2, 7])
      let trend = TrendTest(try TrendTable(counts))
      for alternative in [Alternative.greater, .less] {
        let fisher = try TwoSampleTest(table).pValue(.fisher, alternative)
        for method in [TrendTest.Method.cochranArmitageExact, .jonckheereExact] {
          #expect(try trend.result(method, alternative).pValue.agrees(with: fisher, within: 1e-12))
        }
      }
      let chi = try TwoSampleTest(table).pValue(.chiSquare)
      if (1..<12).contains(x1 + x2) {
        #expect(try trend.result(.cochranArmitage).pValue.agrees(with: chi, within: 1e-12))
      }
      let exact = try HomogeneityTest(counts).result(.fisherFreemanHalton).pValue
      #expect(exact.agrees(with: try TwoSampleTest(table).pValue(.fisher), within: 1e-12))
    }
  }

  /// PSIAIMS/CAMIS, Comp/r-sas_jonckheere and data/jonck.csv: R and SAS take other variances.
  @Test("Jonckheere's approximation gives R's 0.002655 and SAS's 0.002649")
  func programs() throws {
    let test = try JonckheereTest([
      [153.0, 134.2, 139.0, 124.2, 157.4, 128.8, 140.1, 134.1, 129.1, 135.3],
      [124.6, 129.5, 138.9, 124.0, 124.6, 124.0, 135.4, 129.0, 118.5, 136.3],
      [140.1, 141.3, 122.8, 143.1, 116.4, 117.5, 136.5, 130.9, 126.2, 139.2],
      [115.7, 115.6, 118.6, 121.2, 131.7, 109.8, 133.8, 118.6, 132.9, 120.6],
    ])
    #expect(test.statistic == 184.5)
    #expect(abs(test.normal(.less, correctsForTies: false).pValue - 0.002655) < 5e-7)
    #expect(abs(test.normal(.less).pValue - 0.002649) < 5e-7)
    #expect(try test.exact() == nil, "tied values have no exact distribution here")
  }

  /// R's help page, after Fleiss 1981; the sample size of CAMIS (trend-004) is a design.
  @Test("gives prop.trend.test's figures for smokers and for a split of 15/30")
  func propTrendTest() throws {
    let smokers = try [(83, 86), (90, 93), (129, 136), (70, 82)].map {
      try ResponseCount(responders: $0, patients: $1)
    }
    let result = try TrendTest(TrendTable(smokers)).result(.cochranArmitage)
    #expect(result.statistic?.agrees(with: 8.224922285197644, within: 1e-12) == true)
    #expect(result.pValue.agrees(with: 0.004131897477641631, within: 1e-12))
    let doses = try [(1, 8), (4, 11), (10, 11)].map {
      try ResponseCount(responders: $0, patients: $1)
    }
    let split = try TrendTest(TrendTable(doses)).result(.cochranArmitage)
    #expect(split.statistic?.agrees(with: 12.032, within: 1e-4) == true)
    #expect(abs(split.pValue - 0.0005229) < 5e-8)
  }

  @Test("refuses what is no ordered set of groups, and what would take too long")
  func refuses() throws {
    let one = try ResponseCount(responders: 1, patients: 2)
    let many = try ResponseCount(responders: 1500, patients: 3000)
    let sentences: [(String, () throws -> Void)] = [
      ("at least two groups are needed, not 1", { _ = try TrendTable([one]) }),
      ("2 groups need 2 scores, not 1", { _ = try TrendTable([one, one], scores: [1]) }),
      (
        "the scores of ordered groups must be finite and not all equal, unlike [3.0, 3.0]",
        { _ = try TrendTable([one, one], scores: [3, 3]) }
      ),
      (
        "this exact test would have to look at more than 1000000 tables",
        { _ = try HomogeneityTest([many, many, many]).result(.fisherFreemanHalton) }
      ),
      (
        "this exact test would have to look at more than 1000000 tables",
        {
          _ = try TrendTest(TrendTable([many, many, many], scores: [0, 1, .pi]))
            .result(.cochranArmitageExact)
        }
      ),
    ]
    for (sentence, action) in sentences {
      let error = #expect(throws: StatisticsError.self) { try action() }
      #expect(error?.description == sentence)
    }
  }

  @Test("sums of decimal scores are compared exactly")
  func ties() throws {
    // One responder at 0.1 + 0.2 or at 0.3: equal sums, which doubles would tell apart.
    let counts = try [(1, 1), (1, 1), (0, 1), (0, 1)].map {
      try ResponseCount(responders: $0, patients: $1)
    }
    let test = TrendTest(try TrendTable(counts, scores: [0.1, 0.2, 0.3, 0]))
    // Sums of two of {0.1, 0.2, 0.3, 0}: 0.3 0.4 0.1 0.5 0.2 0.3.
    #expect(
      try test.result(.cochranArmitageExact, .greater).pValue.agrees(with: 4.0 / 6, within: 1e-12))
    #expect(try test.result(.cochranArmitageExact).pValue.agrees(with: 1, within: 1e-12))
  }
}
