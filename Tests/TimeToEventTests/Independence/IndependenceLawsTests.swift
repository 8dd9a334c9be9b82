import Testing

@testable import TimeToEvent

struct IndependenceLawsTests {
  /// Curves of three steps, to 0 or to a level.
  private static let curves: [SurvivalFunction] = [
    SurvivalFunction(fallingAt: [1, 2, 4], to: [0.7, 0.4, 0], followedTo: 4),
    SurvivalFunction(fallingAt: [1, 3, 5], to: [0.9, 0.5, 0.2], followedTo: 8),
    SurvivalFunction(fallingAt: [2, 4, 6], to: [0.6, 0.3, 0.1], followedTo: 6),
    SurvivalFunction(fallingAt: [], to: [], followedTo: 7),
  ]

  private static let correlations = [-1, -0.5, 0, 0.3, 0.6, 1]

  @Test("never below the better part, never above their sum", arguments: curves, curves)
  func bounds(one: SurvivalFunction, two: SurvivalFunction) throws {
    for correlation in Self.correlations {
      let found = try IndependentAction(one, two, correlation: correlation).combination
      for time in stride(from: 0.0, through: min(found.knownTo, 10), by: 0.5) {
        let (a, b) = (one.survival(at: time), two.survival(at: time))
        let both = found.survival(at: time)
        #expect(both >= max(a, b) - 1e-12)
        #expect(both <= min(1, a + b) + 1e-12)
      }
    }
  }

  @Test("is the same whichever part is called the first", arguments: curves, curves)
  func symmetry(one: SurvivalFunction, two: SurvivalFunction) throws {
    for correlation in Self.correlations {
      let found = try IndependentAction(one, two, correlation: correlation).combination
      let other = try IndependentAction(two, one, correlation: correlation).combination
      #expect(found.times == other.times)
      #expect(zip(found.survival, other.survival).allSatisfy { ($0 - $1).magnitude < 1e-14 })
      let added = try AdditiveAction(
        one, two, firstScan: 2, correlation: correlation
      ).combination
      let swapped = try AdditiveAction(
        two, one, firstScan: 2, correlation: correlation
      ).combination
      #expect(added.times == swapped.times)
      #expect(zip(added.survival, swapped.survival).allSatisfy { ($0 - $1).magnitude < 1e-13 })
    }
  }

  @Test("adding up is never worse than acting independently", arguments: curves, curves)
  func order(one: SurvivalFunction, two: SurvivalFunction) throws {
    for correlation in Self.correlations {
      let independent = try IndependentAction(one, two, correlation: correlation).combination
      for scan in [0, 1, 2.5, 20] {
        let added = try AdditiveAction(
          one, two, firstScan: scan, correlation: correlation
        ).combination
        #expect(added.knownTo == independent.knownTo)
        for time in stride(from: 0.0, through: min(added.knownTo, 10), by: 0.5) {
          let difference = added.survival(at: time) - independent.survival(at: time)
          #expect(difference > -1e-12)
          // Nobody's time after a scan that late counts.
          if scan == 20 { #expect(difference < 1e-12) }
        }
      }
    }
  }

  @Test("the more alike patients are, the less independent action gives")
  func correlation() throws {
    let medians = try [0, 0.1, 0.3, 0.6, 1].map {
      try IndependentAction(Self.curves[0], Self.curves[1], correlation: $0)
        .combination.restrictedMean(to: 6)
    }
    #expect(zip(medians, medians.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("a part that does nothing adds nothing", arguments: curves)
  func inactive(curve: SurvivalFunction) throws {
    let nothing = SurvivalFunction(fallingAt: [0.5], to: [0], followedTo: 0.5)
    let found = try IndependentAction(curve, nothing, correlation: 0.3).combination
    #expect(found == curve)
    let added = try AdditiveAction(
      curve, nothing, firstScan: 0.5, correlation: 0.3
    ).combination
    for time in stride(from: 0.25, through: 6, by: 0.25) {
      #expect((added.survival(at: time) - curve.survival(at: time)).magnitude < 1e-12)
    }
  }

  @Test("at a correlation of 1 and curves of one kind, times add up patient by patient")
  func comonotone() throws {
    let one = SurvivalFunction(fallingAt: [1, 2, 4], to: [0.75, 0.5, 0.25], followedTo: 5)
    let two = SurvivalFunction(fallingAt: [2, 3, 4], to: [0.75, 0.5, 0.25], followedTo: 9)
    let added = try AdditiveAction(
      one, two, firstScan: 2, correlation: 1
    ).combination
    // Patients by quartile: 1 + 0, 2 + 1, beyond 5; the first is lifted to its other time, 2.
    #expect(added.times == [2, 3])
    #expect(zip(added.survival, [0.75, 0.5]).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    #expect(added.knownTo == 5)
  }

  @Test("what cannot be is refused, in words")
  func refusals() throws {
    let curve = Self.curves[0]
    #expect(throws: TimeToEventError.rankCorrelationOutOfRange(1.5)) {
      try IndependentAction(curve, curve, correlation: 1.5)
    }
    #expect(throws: TimeToEventError.unusableScan(-1)) {
      try AdditiveAction(curve, curve, firstScan: -1, correlation: 0)
    }
    let long = SurvivalFunction(
      fallingAt: (1...2100).map(Double.init), to: (1...2100).map { 1 - Double($0) / 2200 },
      followedTo: 3000)
    #expect(throws: TimeToEventError.tooManySteps(2100, 2100, limit: 4_000_000)) {
      try AdditiveAction(long, long, firstScan: 2, correlation: 0)
    }
    #expect(
      "\(TimeToEventError.rankCorrelationOutOfRange(1.5))"
        == "the rank correlation must lie from -1 to 1, not 1.5")
    #expect(
      "\(TimeToEventError.unusableScan(-1))"
        == "a first scan must be at a finite time of at least 0, not -1.0")
    #expect(
      "\(TimeToEventError.tooManySteps(2100, 2100, limit: 4_000_000))"
        == "curves of 2100 and 2100 steps have more than 4000000 pairs of them")
  }
}
