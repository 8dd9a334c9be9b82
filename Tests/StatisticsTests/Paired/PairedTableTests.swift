import ReferenceTesting
import Statistics
import Testing

struct PairedTableTests {
  typealias Method = PairedDifferenceInterval.Method

  static let reference = Result {
    try ReferenceTable<PairedTableRow>.load("paired-tables", in: .module)
  }

  @Test("McNemar's tests agree with 40 digits", arguments: try reference.get().rows)
  func tests(row: PairedTableRow) throws {
    let test = McNemarTest(try .make(row.table))
    for method in McNemarTest.Method.allCases {
      let expected = try #require(row.pValues[method.rawValue])
      for (alternative, value) in zip(Alternative.allCases, expected) {
        let pValue = test.pValue(method, alternative)
        #expect(
          pValue.agrees(with: value, within: 1e-10),
          "\(method) \(alternative): \(pValue) v \(value)")
      }
    }
  }

  @Test(
    "intervals agree with likelihoods bisected at 40 digits", arguments: try reference.get().rows)
  func intervals(row: PairedTableRow) throws {
    for (level, limits) in row.limits {
      for method in Method.allCases {
        let expected = try #require(limits[method.rawValue])
        let interval = try PairedDifferenceInterval(
          .make(row.table), level: #require(Double(level)), method: method)
        for (value, other) in zip([interval.lower, interval.upper], expected) {
          // A square-and-add limit near zero is a difference of numbers that are right to 2⁻⁵³.
          let isLost = method != .tango && abs(value - other) < 1e-14
          #expect(
            value.agrees(with: other, within: 1e-10) || isLost,
            "\(method) \(level): \(value) v \(other)")
        }
      }
    }
  }

  @Test("McNemar's tests agree with R")
  func agreesWithR() throws {
    for row in try WilcoxonSignedRankTests.programs.get().rows[0].tables {
      let test = McNemarTest(try .make(row.table))
      #expect(test.pValue(.asymptotic).agrees(with: row.asymptotic, within: 1e-10))
      #expect(
        test.pValue(.asymptoticContinuityCorrected).agrees(with: row.corrected, within: 1e-10))
      #expect(test.pValue(.exact).agrees(with: row.exact, within: 1e-10))
    }
  }

  static let published = Result {
    try ReferenceTable<PairedPublishedRow>.load("paired-published", in: .module)
  }

  @Test(
    "agrees with printed values", arguments: try published.get().rows.filter { $0.leftOut == nil })
  func agreesWithPublished(row: PairedPublishedRow) throws {
    let value = try Self.value(row)
    let expected = try #require(row.expected)
    if let tolerance = row.tolerance {
      #expect(abs(value - expected) <= tolerance * (1 + 1e-9), "\(value) v \(expected)")
    } else {
      #expect(value.agrees(with: expected, within: 1e-10), "\(value) v \(expected)")
    }
  }

  private static func value(_ row: PairedPublishedRow) throws -> Double {
    if let table = row.table {
      let table = try PairedTable.make(table)
      let name = try #require(row.method)
      guard let method = Method(rawValue: name) else {
        let method = try #require(McNemarTest.Method(rawValue: name))
        let result = McNemarTest(table).result(method, try #require(row.alternative))
        return row.quantity == "p" ? result.pValue : try #require(result.statistic)
      }
      let interval = try PairedDifferenceInterval(
        table, level: #require(row.level), method: method)
      return row.quantity == "lower" ? interval.lower : interval.upper
    }
    let differences = try #require(row.differences)
    let interval = try HodgesLehmann(differences)
    let test = try WilcoxonSignedRank(differences)
    return switch row.quantity {
    case "V": test.statistic
    case "p": try test.pValue(.exact, #require(row.alternative))
    case "hodges_lehmann": interval.estimate
    case "lower": interval.lower
    case "upper": interval.upper
    case "attained": interval.attainedLevel
    default: throw StatisticsError.noDifferences
    }
  }

  @Test("no published row is dropped unseen")
  func rows() throws {
    let rows = try Self.published.get().rows
    #expect(rows.count { $0.leftOut == nil } == 54 && rows.count { $0.leftOut != nil } == 2)
  }

  @Test("Tango's interval ends at 0 at the level of McNemar's test")
  func invertsMcNemar() throws {
    for (b, c) in [(1, 7), (5, 2), (12, 3), (9, 8), (4, 0)] {
      let table = try PairedTable.make([6, b, c, 9])
      let pValue = McNemarTest(table).pValue(.asymptotic)
      let interval = try PairedDifferenceInterval(table, level: 1 - pValue)
      let end = b > c ? interval.lower : interval.upper
      #expect(abs(end) < 1e-12)
    }
  }

  @Test("holds its laws for every table of up to six patients", arguments: 1...6)
  func laws(patients: Int) throws {
    for (a, b, c) in Self.cells(patients) {
      let table = try PairedTable.make([a, b, c, patients - a - b - c])
      let swapped = try PairedTable.make([a, c, b, patients - a - b - c])
      for method in Method.allCases {
        let interval = try PairedDifferenceInterval(table, method: method)
        let mirror = try PairedDifferenceInterval(swapped, method: method)
        #expect(abs(interval.lower + mirror.upper) < 1e-14)
        #expect(-1 <= interval.lower && interval.upper <= 1)
        #expect(interval.lower <= interval.estimate && interval.estimate <= interval.upper)
        #expect(interval.contains(interval.estimate))
        let wider = try PairedDifferenceInterval(table, level: 0.99, method: method)
        #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
      }
      let (test, mirror) = (McNemarTest(table), McNemarTest(swapped))
      for method in McNemarTest.Method.allCases {
        let (twoSided, greater) = (test.pValue(method), test.pValue(method, .greater))
        #expect((0...1).contains(twoSided) && (0...1).contains(greater))
        #expect(twoSided.agrees(with: mirror.pValue(method), within: 1e-14))
        #expect(greater.agrees(with: mirror.pValue(method, .less), within: 1e-14))
      }
      #expect(test.pValue(.midP) <= test.pValue(.exact))
    }
  }

  private static func cells(_ patients: Int) -> [(Int, Int, Int)] {
    (0...patients).flatMap { a in
      (0...patients - a).flatMap { b in (0...patients - a - b).map { c in (a, b, c) } }
    }
  }

  @Test("has the closed form of Tango's limits where no pair is discordant")
  func noDiscordantPair() throws {
    let interval = try PairedDifferenceInterval(.make([3, 0, 0, 4]))
    let square = 1.959963984540054 * 1.959963984540054
    #expect(interval.upper.agrees(with: square / (7 + square), within: 1e-12))
    #expect(interval.lower == -interval.upper)
    #expect(McNemarTest(interval.table).pValue() == 1)
  }

  @Test("refuses tables that cannot be")
  func refuses() {
    let negative = #expect(throws: StatisticsError.self) { try PairedTable.make([1, -1, 2, 3]) }
    #expect(
      negative?.description
        == "[1, -1, 2, 3] is not a possible table of pairs: both, first only, second only, neither")
    #expect(throws: StatisticsError.self) { try PairedTable.make([0, 0, 0, 0]) }
    let large = ResponseCount.maximumPatients
    #expect(throws: StatisticsError.self) { try PairedTable.make([large, 1, 0, 0]) }
    #expect(throws: StatisticsError.self) { try PairedTable.make([Int.max, 1, 0, 0]) }
    #expect(throws: StatisticsError.self) {
      try PairedDifferenceInterval(.make([1, 1, 1, 1]), level: 1)
    }
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      McNemarTest.Method.allCases.map(\.rawValue) == [
        "exact", "mid-p", "asymptotic", "asymptotic-cc",
      ])
    #expect(Method.allCases.map(\.rawValue) == ["tango", "newcombe-paired", "newcombe-paired-8"])
    #expect(Set(Method.allCases.map(\.convention)).count == 3)
    #expect(Set(McNemarTest.Method.allCases.map(\.convention)).count == 4)
  }
}
