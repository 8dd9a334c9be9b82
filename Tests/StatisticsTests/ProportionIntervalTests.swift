import ReferenceTesting
import Statistics
import Testing

struct ProportionIntervalTests {
  typealias Method = ProportionInterval.Method

  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("proportion-intervals", in: .module)
  }

  @Test("agrees with 50 digits, every method", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    for method in Method.allCases where !Self.conventions.contains(method) {
      let expected = try #require(row.limits?[method.rawValue])
      let interval = try ProportionInterval(
        row.count, level: #require(row.level), method: method)
      #expect(interval.lower.agrees(with: expected[0], within: tolerance), "\(method) lower")
      #expect(interval.upper.agrees(with: expected[1], within: tolerance), "\(method) upper")
    }
  }

  /// Variants of other methods, compared with R itself in ``PeerTests``.
  static let conventions: Set<Method> = [.jeffreysRaw, .propTest]

  @Test("variants of a convention agree with their method where the convention is the same")
  func variants() throws {
    for responders in 0...9 {
      let count = try ResponseCount(responders: responders, patients: 9)
      let plain = try ProportionInterval(count, method: .wilsonContinuityCorrected)
      let shrunk = try ProportionInterval(count, method: .propTest)
      #expect(plain.lower == shrunk.lower && plain.upper == shrunk.upper)
      let jeffreys = try ProportionInterval(count, method: .jeffreys)
      let raw = try ProportionInterval(count, method: .jeffreysRaw)
      #expect(responders == 0 ? raw.lower > 0 : raw.lower == jeffreys.lower)
      #expect(responders == 9 ? raw.upper < 1 : raw.upper == jeffreys.upper)
    }
    let half = try ResponseCount(responders: 5, patients: 10)
    let wilson = try ProportionInterval(half, method: .wilson)
    #expect(try ProportionInterval(half, method: .propTest).lower == wilson.lower)
  }

  @Test("the reference covers every method at no fewer than 300 points, 0/n, n/n and 10,000")
  func referenceIsLarge() throws {
    let rows = try Self.reference.get().rows
    #expect(rows.count * Method.allCases.count >= 300)
    #expect(rows.contains { $0.x == 0 } && rows.contains { $0.x == $0.n })
    #expect(rows.contains { $0.n == 10_000 })
  }

  @Test("holds its laws for every count up to eight", arguments: Method.allCases, 1...8)
  func laws(method: Method, patients: Int) throws {
    for level in [0.5, 0.8, 0.95, 0.999] {
      var previous: ProportionInterval?
      for responders in 0...patients {
        let count = try ResponseCount(responders: responders, patients: patients)
        let interval = try ProportionInterval(count, level: level, method: method)
        let mirror = try ProportionInterval(
          ResponseCount(responders: patients - responders, patients: patients),
          level: level, method: method)
        #expect(method == .jeffreysRaw || interval.contains(count.rate))
        #expect(0 <= interval.lower && interval.upper <= 1)
        #expect(abs(interval.lower - (1 - mirror.upper)) < 1e-13, "non-responders mirror")
        if let previous {
          #expect(previous.lower <= interval.lower && previous.upper <= interval.upper)
        }
        let wider = try ProportionInterval(count, level: (1 + level) / 2, method: method)
        #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
        previous = interval
      }
    }
  }

  /// The tests whose acceptance the intervals invert.
  static let inverted: [(Method, OneSampleTest.Method)] = [
    (.clopperPearson, .exactDoubled), (.midP, .midP), (.wilson, .score),
    (.wilsonContinuityCorrected, .scoreContinuityCorrected),
  ]

  @Test("its limits are the rates its test just rejects", arguments: inverted, 1...8)
  func invertsItsTest(pair: (Method, OneSampleTest.Method), patients: Int) throws {
    for responders in 0...patients {
      for level in [0.8, 0.95, 0.99] {
        let count = try ResponseCount(responders: responders, patients: patients)
        let interval = try ProportionInterval(count, level: level, method: pair.0)
        for limit in [interval.lower, interval.upper] where limit > 0 && limit < 1 {
          let pValue = try OneSampleTest(count, against: limit).pValue(pair.1)
          #expect(pValue.agrees(with: 1 - level, within: 1e-10))
        }
      }
    }
  }

  @Test("Blaker's interval lies within Clopper-Pearson's and still covers its level")
  func blakerCovers() throws {
    let patients = 12
    for level in [0.8, 0.95] {
      let intervals = try (0...patients).map {
        try ProportionInterval(
          ResponseCount(responders: $0, patients: patients), level: level, method: .blaker)
      }
      for interval in intervals {
        let exact = try ProportionInterval(interval.count, level: level)
        #expect(exact.lower <= interval.lower && interval.upper <= exact.upper)
      }
      for rate in stride(from: 0.001, to: 1, by: 0.001) {
        let coverage = try intervals.filter { $0.contains(rate) }.reduce(0) {
          try $0 + binomialProbability($1.count, rate)
        }
        #expect(coverage >= level, "at \(rate)")
      }
    }
  }

  private func binomialProbability(_ count: ResponseCount, _ rate: Double) throws -> Double {
    let test = try OneSampleTest(count, against: rate)
    return test.pValue(.exact, .less) + test.pValue(.exact, .greater) - 1
  }

  @Test("sets the limits at the ends as its conventions say")
  func ends() throws {
    let none = try ResponseCount(responders: 0, patients: 20)
    let all = try ResponseCount(responders: 20, patients: 20)
    for method in Method.allCases where method != .jeffreysRaw {
      #expect(try ProportionInterval(none, method: method).lower == 0)
      #expect(try ProportionInterval(all, method: method).upper == 1)
    }
    #expect(try ProportionInterval(none, method: .wald).upper == 0)
  }

  @Test("Newcombe's correction is not shrunk at half, as R's prop.test does")
  func newcombeAtHalf() throws {
    let count = try ResponseCount(responders: 5, patients: 10)
    let interval = try ProportionInterval(count, method: .wilsonContinuityCorrected)
    #expect((interval.lower * 1000).rounded() == 201)
    #expect((interval.upper * 1000).rounded() == 799)
  }

  @Test("answers at the largest group it takes", arguments: Method.allCases)
  func largestGroup(method: Method) throws {
    let count = try ResponseCount(
      responders: 1000, patients: ResponseCount.maximumPatients)
    let interval = try ProportionInterval(count, method: method)
    #expect(interval.lower < 1e-6 && interval.upper > 1e-6 && interval.upper < 1.1e-6)
  }

  @Test("refuses levels that are not probabilities", arguments: [0, 1, -0.5, 95, Double.nan])
  func refuses(level: Double) throws {
    let count = try ResponseCount(responders: 1, patients: 2)
    let error = #expect(throws: StatisticsError.self) {
      try ProportionInterval(count, level: level)
    }
    #expect(
      error?.description
        == "the confidence level must lie strictly between 0 and 1, not \(level)")
  }

  @Test("keeps the names of the methods and says a convention for each")
  func names() {
    #expect(
      Method.allCases.map(\.rawValue) == [
        "clopper-pearson", "wilson", "wilson-cc", "prop-test", "jeffreys", "jeffreys-raw",
        "agresti-coull", "mid-p", "blaker", "wald",
      ])
    #expect(Set(Method.allCases.map(\.convention)).count == Method.allCases.count)
  }
}
