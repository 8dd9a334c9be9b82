import ReferenceTesting
import Statistics
import Testing

struct OddsRatioIntervalTests {
  typealias Method = OddsRatioInterval.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("odds-ratio-intervals", in: .module)
  }

  @Test("agrees with full sums and likelihoods at 40 digits", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    for method in Method.allCases {
      let expected = try #require(row.limits?[method.rawValue])
      let interval = try OddsRatioInterval(row.counts, level: #require(row.level), method: method)
      #expect(
        interval.lower.agrees(with: expected[0], within: tolerance),
        "\(method): \(interval.lower) v \(expected[0])")
      #expect(
        interval.upper.agrees(with: expected[1].orInfinite, within: tolerance),
        "\(method): \(interval.upper) v \(expected[1])")
    }
    let exact = try OddsRatioInterval(row.counts, method: .conditionalExact)
    let expected = row.estimate?.orInfinite
    #expect((exact.estimate == nil) == (expected == nil))
    if let estimate = exact.estimate, let expected {
      #expect(estimate.agrees(with: expected, within: tolerance), "\(estimate) v \(expected)")
    }
  }

  @Test("holds its laws for every table of groups up to six", arguments: 1...6, 1...6)
  func laws(treated: Int, control: Int) throws {
    for method in Method.allCases {
      for (x1, x2) in everyPair(treated, control) {
        let table = try ContingencyTable.make([x1, treated, x2, control])
        let interval = try OddsRatioInterval(table, method: method)
        let swapped = try OddsRatioInterval(table.swapped, method: method)
        let mirror = try OddsRatioInterval(
          .make([treated - x1, treated, control - x2, control]), method: method)
        for other in [swapped, mirror] {
          #expect(interval.lower.agrees(with: 1 / other.upper, within: 1e-12), "\(method) \(table)")
        }
        #expect(0 <= interval.lower && interval.lower <= interval.upper)
        if let estimate = interval.estimate {
          #expect(
            method == .gart || method == .skewnessCorrected || interval.contains(estimate),
            "\(method) \(table)")
        } else {
          #expect([0, treated + control].contains(x1 + x2))
        }
        let wider = try OddsRatioInterval(table, level: 0.99, method: method)
        #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
      }
    }
  }

  @Test("the conditional limits hold 1 when neither one-sided Fisher test rejects")
  func invertsFisher() throws {
    for (x1, x2) in everyPair(8, 7) {
      let table = try ContingencyTable.make([x1, 8, x2, 7])
      let test = TwoSampleTest(table)
      let smaller = min(try test.pValue(.fisher, .less), try test.pValue(.fisher, .greater))
      let interval = try OddsRatioInterval(table, method: .conditionalExact)
      #expect(interval.contains(1) == (smaller > 0.025), "\(table)")
    }
  }

  @Test("Cornfield's limits invert the chi-square test")
  func invertsChiSquare() throws {
    for (x1, x2) in everyPair(7, 9) where x1 * 9 != x2 * 7 {
      let table = try ContingencyTable.make([x1, 7, x2, 9])
      let pValue = try TwoSampleTest(table).pValue(.chiSquare)
      let interval = try OddsRatioInterval(table, level: 1 - pValue, method: .cornfield)
      let end = x1 * 9 > x2 * 7 ? interval.lower : interval.upper
      #expect(abs(end - 1) < 1e-9, "\(table)")
    }
  }

  @Test("answers at large groups", arguments: Method.allCases)
  func largeGroups(method: Method) throws {
    let interval = try OddsRatioInterval(
      .make([500_000, 1_000_000, 500_000, 1_000_000]), method: method)
    #expect(interval.lower < 1 && interval.upper > 1 && interval.upper - interval.lower < 0.02)
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "miettinen-nurminen", "cornfield", "scas", "woolf", "gart", "conditional-exact",
        "conditional-mid-p",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
  }
}
