import ReferenceTesting
import Testing

@testable import Statistics

struct DifferenceIntervalTests {
  typealias Method = DifferenceInterval.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("difference-intervals", in: .module)
  }

  static let more = Result {
    try ReferenceTable<ReferenceRow>.load("more-differences", in: .module)
  }

  @Test(
    "agrees with constrained optimization at 40 digits",
    arguments: try reference.get().rows + more.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    for (name, expected) in try #require(row.limits) {
      let method = try #require(Method(rawValue: name))
      let interval = try DifferenceInterval(
        row.counts, level: #require(row.level), method: method)
      #expect(
        interval.lower.agrees(with: expected[0], within: tolerance),
        "\(method): \(interval.lower) v \(expected[0])")
      #expect(
        interval.upper.agrees(with: expected[1], within: tolerance),
        "\(method): \(interval.upper) v \(expected[1])")
    }
  }

  @Test("the reference covers every method at fifty points or more each")
  func referenceIsLarge() throws {
    let rows = try Self.reference.get().rows + Self.more.get().rows
    for method in Method.allCases {
      #expect(rows.count { $0.limits?[method.rawValue] != nil } >= 50, "\(method)")
    }
  }

  @Test("holds its laws for every table of groups up to six", arguments: 1...6, 1...6)
  func laws(treated: Int, control: Int) throws {
    for method in Method.allCases {
      for x1 in 0...treated {
        for x2 in 0...control {
          let table = try ContingencyTable.make([x1, treated, x2, control])
          let interval = try DifferenceInterval(table, method: method)
          let swapped = try DifferenceInterval(table.swapped, method: method)
          let mirror = try DifferenceInterval(
            .make([treated - x1, treated, control - x2, control]), method: method)
          #expect(abs(interval.lower + swapped.upper) < 1e-12)
          #expect(abs(interval.lower + mirror.upper) < 1e-12)
          #expect(-1 <= interval.lower && interval.lower <= interval.upper)
          #expect(interval.upper <= 1)
          let isShifted = [.agrestiCaffo, .gartNam, .skewnessCorrected].contains(method)
          #expect(isShifted || interval.contains(interval.estimate))
          let wider = try DifferenceInterval(table, level: 0.99, method: method)
          #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
        }
      }
    }
  }

  @Test("Miettinen and Nurminen's interval holds 0 when their test does not reject it")
  func invertsScoreTest() throws {
    var rejected = 0
    for (treated, control) in [(4, 5), (6, 6), (7, 3), (12, 9)] {
      for x1 in 0...treated {
        for x2 in 0...control {
          let table = try ContingencyTable.make([x1, treated, x2, control])
          let pValue = try TwoSampleTest(table).pValue(.scoreMiettinenNurminen)
          guard pValue < 1, abs(pValue - 1) > 1e-9 else { continue }
          // At its own level the interval ends at 0.
          let interval = try DifferenceInterval(table, level: 1 - pValue)
          let end = x1 * control > x2 * treated ? interval.lower : interval.upper
          #expect(abs(end) < 1e-9, "\(table)")
          let usual = try DifferenceInterval(table)
          #expect(usual.contains(0) == (pValue > 0.05))
          if pValue <= 0.05 { rejected += 1 }
        }
      }
    }
    #expect(rejected > 20)
  }

  @Test("gives the published 0.0528 to 0.3382 for 56/70 v 48/80, where statsmodels does not")
  func published() throws {
    let interval = try DifferenceInterval(.make([56, 70, 48, 80]), method: .newcombe)
    #expect((interval.lower * 1e4).rounded() == 524)
    let score = try DifferenceInterval(.make([56, 70, 48, 80]))
    #expect((score.lower * 1e4).rounded() == 528)
    #expect((score.upper * 1e4).rounded() == 3382)
  }

  @Test("the variance at no difference is the pooled one, without a step")
  func varianceAtNoDifference() throws {
    for counts in [[15, 30, 61, 243], [0, 5, 3, 6], [6, 6, 2, 7]] {
      let table = try ContingencyTable.make(counts)
      let (rate, n) = (table.commonRate, Double(table.patients))
      let spread = 1 / Double(counts[1]) + 1 / Double(counts[3])
      let pooled = rate * (1 - rate) * spread * n / (n - 1)
      #expect(table.scoreVariance(at: 0).agrees(with: pooled, within: 1e-14))
      #expect(table.scoreVariance(at: 1e-9).agrees(with: pooled, within: 1e-7))
      #expect(table.scoreVariance(at: -1e-9).agrees(with: pooled, within: 1e-7))
    }
  }

  @Test("answers at the largest groups it takes", arguments: Method.allCases)
  func largestGroups(method: Method) throws {
    let most = ResponseCount.maximumPatients
    let interval = try DifferenceInterval(
      .make([most / 2, most, most / 2 - 1000, most]), method: method)
    #expect(interval.lower < 1e-6 && interval.upper > 1e-6)
    #expect(interval.upper - interval.lower < 1e-4)
  }

  @Test("refuses levels that are not probabilities", arguments: [0, 1, Double.nan])
  func refuses(level: Double) throws {
    let table = try ContingencyTable.make([1, 2, 1, 2])
    #expect(throws: StatisticsError.self) { try DifferenceInterval(table, level: level) }
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "miettinen-nurminen", "mee", "gart-nam", "scas", "newcombe", "newcombe-cc",
        "agresti-caffo", "wald", "wald-cc", "prop-test", "hauck-anderson",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
  }
}
