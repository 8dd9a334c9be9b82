import ReferenceTesting
import Statistics
import Testing

struct TippingPointTests {
  static let reference = Result {
    try ReferenceTable<ReferenceRow>.load("tipping-points", in: .module)
  }

  @Test("agrees with a dense search at 40 digits", arguments: try reference.get().rows)
  func agreesWithReference(row: ReferenceRow) throws {
    let method = try #require(row.method.flatMap(OneSampleTest.Method.init))
    let points = try OneSampleTest.tippingPoints(of: row.count, method)
    let expected = try #require(row.points)
    #expect(points.count == expected.count)
    for (point, value) in zip(points, expected) {
      #expect(point.rate.agrees(with: value[0], within: 1e-10), "\(point.rate) v \(value[0])")
      #expect(point.rejectsAbove == (value[1] == 1))
    }
  }

  @Test("minimum likelihood changes its mind about 29/30 more than twice")
  func crossesOften() throws {
    let count = try ResponseCount(responders: 29, patients: 30)
    let points = try OneSampleTest.tippingPoints(of: count, .exact)
    #expect(points.filter { $0.rate < count.rate }.map(\.isJump) == [true, false, true])
    #expect(points.count == 4)
    #expect(try OneSampleTest.tippingPoints(of: count, .exactDoubled).count == 2)
  }

  @Test(
    "the conclusion is the opposite either side of each point, and there are no others",
    arguments: OneSampleTest.Method.allCases, [1, 4, 9])
  func everyCount(method: OneSampleTest.Method, patients: Int) throws {
    for responders in 0...patients {
      let count = try ResponseCount(responders: responders, patients: patients)
      for alternative in Alternative.allCases {
        let points = try OneSampleTest.tippingPoints(of: count, method, alternative)
        for rate in stride(from: 0.0013, to: 1, by: 0.0021) {
          let rejects = try OneSampleTest(count, against: rate).pValue(method, alternative) <= 0.05
          let before = points.last { $0.rate < rate }
          let after = points.first { $0.rate >= rate }
          let claimed = before.map(\.rejectsAbove) ?? after.map { !$0.rejectsAbove } ?? false
          #expect(
            rejects == claimed, "\(method) \(alternative) \(responders)/\(patients) at \(rate)")
        }
      }
    }
  }

  @Test("the points of a test are the limits of the interval that inverts it")
  func limits() throws {
    for responders in 0...12 {
      let count = try ResponseCount(responders: responders, patients: 12)
      for (interval, test) in [
        (ProportionInterval.Method.clopperPearson, OneSampleTest.Method.exactDoubled),
        (.wilson, .score), (.midP, .midP), (.wilsonContinuityCorrected, .scoreContinuityCorrected),
      ] {
        let limits = try ProportionInterval(count, method: interval)
        let inside = [limits.lower, limits.upper].filter { $0 > 0 && $0 < 1 }
        let points = try OneSampleTest.tippingPoints(of: count, test).map(\.rate)
        #expect(points.count == inside.count)
        for (point, limit) in zip(points, inside) {
          #expect(point.agrees(with: limit, within: 1e-10))
        }
      }
    }
  }

  @Test("counts of control responders tip where the test says")
  func counts() throws {
    let treated = try ResponseCount(responders: 15, patients: 30)
    for method in [TwoSampleTest.Method.chiSquare, .fisher, .barnard, .boschloo] {
      let counts = try TwoSampleTest.tippingCounts(of: treated, controlPatients: 40, method)
      #expect(counts.first?.responders == 0 && counts.first?.rejects == true)
      for responders in 0...40 {
        let control = try ResponseCount(responders: responders, patients: 40)
        let p = try TwoSampleTest(ContingencyTable(treated: treated, control: control)).pValue(
          method)
        #expect(counts.last { $0.responders <= responders }?.rejects == (p <= 0.05))
      }
    }
  }

  @Test("refuses error levels without a meaning, and counts that would take too long")
  func refuses() throws {
    let count = try ResponseCount(responders: 1, patients: 2)
    #expect(throws: StatisticsError.self) {
      try OneSampleTest.tippingPoints(of: count, .exact, alpha: 0.6)
    }
    let large = try ResponseCount(responders: 1, patients: 10_001)
    #expect(throws: StatisticsError.self) { try OneSampleTest.tippingPoints(of: large, .exact) }
    #expect(try OneSampleTest.tippingPoints(of: large, .score).count == 2)
  }
}
