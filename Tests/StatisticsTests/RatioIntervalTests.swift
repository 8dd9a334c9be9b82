import ReferenceTesting
import Statistics
import Testing

struct RatioIntervalTests {
  typealias Method = RatioInterval.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("ratio-intervals", in: .module)
  }

  @Test("agrees with constrained likelihoods at 40 digits", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    for method in Method.allCases {
      let expected = try #require(row.limits?[method.rawValue])
      let interval = try RatioInterval(row.counts, level: #require(row.level), method: method)
      #expect(
        interval.lower.agrees(with: expected[0], within: tolerance),
        "\(method): \(interval.lower) v \(expected[0])")
      #expect(
        interval.upper.agrees(with: expected[1].orInfinite, within: tolerance),
        "\(method): \(interval.upper) v \(expected[1])")
    }
  }

  @Test("holds its laws for every table of groups up to six", arguments: 1...6, 1...6)
  func laws(treated: Int, control: Int) throws {
    for method in Method.allCases {
      for (x1, x2) in everyPair(treated, control) {
        let table = try ContingencyTable.make([x1, treated, x2, control])
        let interval = try RatioInterval(table, method: method)
        let swapped = try RatioInterval(table.swapped, method: method)
        #expect(interval.lower.agrees(with: 1 / swapped.upper, within: 1e-12), "\(method) \(table)")
        #expect(0 <= interval.lower && interval.lower <= interval.upper)
        let isShifted = [.walter, .gartNam, .skewnessCorrected].contains(method)
        if let estimate = interval.estimate {
          #expect(isShifted || interval.contains(estimate), "\(method) \(table)")
        } else {
          #expect(x1 == 0 && x2 == 0)
        }
        let wider = try RatioInterval(table, level: 0.99, method: method)
        #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
        if x1 < treated, !isShifted, method != .katz {
          let more = try RatioInterval(.make([x1 + 1, treated, x2, control]), method: method)
          #expect(more.lower >= interval.lower && more.upper >= interval.upper)
        }
      }
    }
  }

  @Test("Koopman's limits invert the chi-square test, Miettinen and Nurminen's their score test")
  func inverts() throws {
    for (method, test) in [
      (Method.koopman, TwoSampleTest.Method.chiSquare),
      (.miettinenNurminen, .scoreMiettinenNurminen),
    ] {
      for (x1, x2) in everyPair(7, 9) where x1 * 9 != x2 * 7 {
        let table = try ContingencyTable.make([x1, 7, x2, 9])
        let pValue = try TwoSampleTest(table).pValue(test)
        let interval = try RatioInterval(table, level: 1 - pValue, method: method)
        let end = x1 * 9 > x2 * 7 ? interval.lower : interval.upper
        #expect(abs(end - 1) < 1e-9, "\(method) \(table)")
      }
    }
  }

  @Test("says nothing where nobody responded, and is one-sided where one group did not")
  func ends() throws {
    for method in Method.allCases where method != .walter {
      let none = try RatioInterval(.make([0, 5, 0, 7]), method: method)
      #expect(none.estimate == nil && none.lower == 0 && none.upper == .infinity)
      let infinite = try RatioInterval(.make([3, 5, 0, 7]), method: method)
      #expect(infinite.estimate == .infinity && infinite.upper == .infinity)
      #expect(method == .katz ? infinite.lower == 0 : infinite.lower > 0)
    }
  }

  @Test("answers at the largest groups it takes", arguments: Method.allCases)
  func largestGroups(method: Method) throws {
    let most = ResponseCount.maximumPatients
    let interval = try RatioInterval(.make([most / 2, most, most / 2, most]), method: method)
    #expect(interval.lower < 1 && interval.upper > 1 && interval.upper - interval.lower < 1e-3)
  }

  @Test("refuses levels that are not probabilities", arguments: [0, 1, Double.nan])
  func refuses(level: Double) throws {
    let table = try ContingencyTable.make([1, 2, 1, 2])
    #expect(throws: StatisticsError.self) { try RatioInterval(table, level: level) }
    #expect(throws: StatisticsError.self) { try OddsRatioInterval(table, level: level) }
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "miettinen-nurminen", "koopman", "gart-nam", "scas", "katz", "walter",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
  }
}

/// Every pair of numbers of responders.
func everyPair(_ treated: Int, _ control: Int) -> [(Int, Int)] {
  (0...treated).flatMap { x1 in (0...control).map { (x1, $0) } }
}

extension Double {
  /// -1 stands for an infinite limit in the tables.
  var orInfinite: Double { self == -1 ? .infinity : self }
}
