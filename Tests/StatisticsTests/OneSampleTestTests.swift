import ReferenceTesting
import Statistics
import Testing

struct OneSampleTestTests {
  typealias Method = OneSampleTest.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("one-sample-tests", in: .module)
  }

  @Test("agrees with 50 digits, every method", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let test = try OneSampleTest(row.count, against: #require(row.rate))
    for method in Method.allCases {
      let expected = try #require(row.pValues?[method.rawValue])
      for (alternative, value) in zip(Alternative.allCases, expected) {
        let pValue = test.pValue(method, alternative)
        #expect(
          pValue.agrees(with: value, within: tolerance),
          "\(method) \(alternative): \(pValue) v \(value)")
      }
    }
  }

  @Test("the reference covers every method at no fewer than 300 points, 0/n, n/n and 10,000")
  func referenceIsLarge() throws {
    let rows = try Self.reference.get().rows
    #expect(rows.count * Method.allCases.count >= 300)
    #expect(rows.contains { $0.x == 0 } && rows.contains { $0.x == $0.n })
    #expect(rows.contains { $0.n == 10_000 })
  }

  @Test("holds its laws for every count up to seven", arguments: Method.allCases, 1...7)
  func laws(method: Method, patients: Int) throws {
    for rate in [0.05, 0.25, 0.5, 0.8] {
      var previous: Double?
      for responders in 0...patients {
        let count = try ResponseCount(responders: responders, patients: patients)
        let test = try OneSampleTest(count, against: rate)
        let mirror = try OneSampleTest(
          ResponseCount(responders: patients - responders, patients: patients),
          against: 1 - rate)
        let (twoSided, greater, less) = (
          test.pValue(method), test.pValue(method, .greater), test.pValue(method, .less)
        )
        #expect([twoSided, greater, less].allSatisfy { (0...1).contains($0) })
        #expect(less.agrees(with: mirror.pValue(method, .greater), within: 1e-12))
        #expect(twoSided.agrees(with: mirror.pValue(method), within: 1e-12))
        if [.exact, .exactDoubled, .blaker].contains(method) { #expect(less + greater >= 1) }
        #expect(twoSided >= min(less, greater))
        if let previous { #expect(greater <= previous, "more responders, more extreme") }
        previous = greater
      }
    }
  }

  @Test("R and SAS differ in the two-sided exact test: 0.0017 and 0.0019 for 63/228 v 0.19")
  func conventionsDiffer() throws {
    let count = try ResponseCount(responders: 63, patients: 228)
    let test = try OneSampleTest(count, against: 0.19)
    #expect((test.pValue(.exact) * 1e4).rounded() == 17)
    #expect((test.pValue(.exactDoubled) * 1e4).rounded() == 19)
  }

  @Test("counts equal probabilities as equal, whatever rounding says")
  func ties() throws {
    // At one half 3 and 7 of 10 are equally probable.
    let test = try OneSampleTest(ResponseCount(responders: 3, patients: 10), against: 0.5)
    #expect(test.pValue(.exact) == test.pValue(.exactDoubled))
    // The count expected is the most probable one.
    let expected = try OneSampleTest(ResponseCount(responders: 1, patients: 4), against: 0.25)
    #expect(expected.pValue(.exact) == 1)
  }

  @Test("gives the deviate of the score methods and of no other")
  func statistics() throws {
    let test = try OneSampleTest(ResponseCount(responders: 15, patients: 30), against: 0.25)
    #expect(test.result(.score).statistic?.agrees(with: 3.1622776601683795, within: 1e-14) == true)
    let corrected = test.result(.scoreContinuityCorrected).statistic
    #expect(corrected?.agrees(with: 7 / 5.625.squareRoot(), within: 1e-14) == true)
    #expect(test.result(.exact).statistic == nil && test.result(.midP).statistic == nil)
  }

  @Test("never lets the correction change the side of the estimate")
  func correctionStopsAtZero() throws {
    let test = try OneSampleTest(ResponseCount(responders: 8, patients: 30), against: 0.25)
    #expect(test.statistic(.scoreContinuityCorrected) == 0)
    #expect(test.pValue(.scoreContinuityCorrected) == 1)
  }

  @Test("refuses rates that leave nothing to chance", arguments: [0, 1, -0.1, 25, Double.nan])
  func refuses(rate: Double) throws {
    let count = try ResponseCount(responders: 1, patients: 2)
    let error = #expect(throws: StatisticsError.self) {
      try OneSampleTest(count, against: rate)
    }
    #expect(
      error?.description
        == "the fixed response rate must lie strictly between 0 and 1, not \(rate)")
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "exact", "exact-doubled", "mid-p", "blaker", "score", "score-cc",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
  }
}
