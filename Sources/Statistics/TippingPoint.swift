internal import Glibc

/// A control rate at which a test's conclusion changes.
public struct TippingPoint: Sendable, Hashable {
  public let rate: Double
  /// Whether the test rejects rates just above this one; just below it does the opposite.
  public let rejectsAbove: Bool
  /// Whether *p* jumps across the error level here rather than passing through it.
  public let isJump: Bool
}

extension OneSampleTest {
  /// Every rate between 0 and 1 at which the test's conclusion about a count changes, in
  /// ascending order.
  ///
  /// A test rejects where *p* ≤ α. The two-sided tests by minimum likelihood and Blaker's can
  /// change their minds more than twice, because their *p* jumps wherever one more count becomes
  /// as extreme as the observed one. The rates of those jumps are worked out, and *p* between two
  /// jumps falls and then rises, with a lowest point in closed form: no crossing can hide.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` for another `alpha`,
  ///   ``StatisticsError/tooManyPatients(_:limit:)`` from the two tests that jump, above 10,000.
  /// - Complexity: O(*n*) evaluations of *p* for these two, else about twenty.
  public static func tippingPoints(
    of count: ResponseCount, _ method: Method, _ alternative: Alternative = .twoSided,
    alpha: Double = 0.05
  ) throws(StatisticsError) -> [TippingPoint] {
    guard alpha > 0, alpha <= 0.5 else { throw .levelOutOfRange(1 - alpha) }
    guard alternative == .twoSided, method == .exact || method == .blaker else {
      return smoothPoints(of: count, method, alternative, alpha: alpha)
    }
    guard count.patients <= 10_000 else { throw .tooManyPatients(count.patients, limit: 10_000) }
    let mirrored = JumpingTail(
      responders: count.nonResponders, patients: count.patients, isBlaker: method == .blaker)
    let below = JumpingTail(
      responders: count.responders, patients: count.patients, isBlaker: method == .blaker
    ).points(alpha: alpha)
    let above = mirrored.points(alpha: alpha).reversed().map {
      TippingPoint(rate: 1 - $0.rate, rejectsAbove: !$0.rejectsAbove, isJump: $0.isJump)
    }
    return below + above
  }

  /// The points of a test whose *p* rises up to the observed rate and falls beyond it.
  private static func smoothPoints(
    of count: ResponseCount, _ method: Method, _ alternative: Alternative, alpha: Double
  ) -> [TippingPoint] {
    let excess = { (rate: Double) in
      (try? OneSampleTest(count, against: rate)).map { $0.pValue(method, alternative) - alpha }
        ?? -alpha
    }
    var points: [TippingPoint] = []
    // A one-sided p does not fall again, so it may cross beyond the observed rate.
    let middle = min(1 - 1e-15, max(1e-300, count.rate))
    let ends =
      switch alternative {
      case .twoSided: (first: middle, last: middle)
      case .greater: (first: 1 - 1e-15, last: 1.0)
      case .less: (first: 0.0, last: 1e-300)
      }
    if alternative != .less, count.responders > 0 {
      let rate = bracketedRoot(between: 0, and: ends.first, of: excess)
      points.append(TippingPoint(rate: rate, rejectsAbove: false, isJump: false))
    }
    if alternative != .greater, count.nonResponders > 0 {
      let rate = bracketedRoot(between: ends.last, and: 1, of: excess)
      points.append(TippingPoint(rate: rate, rejectsAbove: true, isJump: false))
    }
    return points
  }
}

/// The two-sided *p* of a jumping test at rates below the observed one:
/// Pr(X ≥ x) + Pr(X ≤ k), where k grows with the rate.
private struct JumpingTail {
  let responders, patients: Int
  let isBlaker: Bool

  func points(alpha: Double) -> [TippingPoint] {
    guard responders > 0 else { return [] }
    let observedRate = Double(responders) / Double(patients)
    var points: [TippingPoint] = []
    var rejects = true
    var start = 0.0
    func note(_ rate: Double, _ value: Double, isJump: Bool) {
      guard (value <= alpha) != rejects else { return }
      rejects.toggle()
      points.append(TippingPoint(rate: rate, rejectsAbove: rejects, isJump: isJump))
    }
    for included in 0...responders {
      let end = included == responders ? observedRate : jump(to: included)
      guard end > start else { continue }
      if included == responders { break }
      let value = { (rate: Double) in pValue(rate, included: included) }
      if start > 0 { note(start, value(start), isJump: true) }
      for (from, to) in parts(from: start, to: end, included) where (value(to) <= alpha) != rejects
      {
        let rate = bracketedRoot(between: from, and: to) { value($0) - alpha }
        note(rate, value(to), isJump: false)
      }
      start = end
    }
    // From the last jump on every count is as extreme, and p is 1.
    note(start, 1, isJump: true)
    return points
  }

  private func pValue(_ rate: Double, included: Int) -> Double {
    let null = Binomial(patients: patients, rate: rate)
    return null.upperTail(responders) + (included > 0 ? null.lowerTail(included - 1) : 0)
  }

  /// A piece cut at its lowest point, where both tails change at one pace:
  /// C(n − 1, x − 1) p^(x − 1) q^(n − x) = C(n − 1, k) p^k q^(n − 1 − k).
  private func parts(
    from start: Double, to end: Double, _ included: Int
  ) -> [(Double, Double)] {
    let k = included - 1
    guard k >= 0, k < responders - 1 else { return [(start, end)] }
    let odds =
      (logChoose(patients - 1, k) - logChoose(patients - 1, responders - 1))
      / Double(responders - 1 - k)
    let lowest = rate(logOdds: odds)
    return start < lowest && lowest < end ? [(start, lowest), (lowest, end)] : [(start, end)]
  }

  /// The rate from which on `included` + 1 counts of the opposite tail are as extreme.
  private func jump(to included: Int) -> Double {
    let k = included
    let tie = log1p(relativeTieTolerance)
    guard isBlaker else {
      let odds = logChoose(patients, k) - logChoose(patients, responders) - tie
      return rate(logOdds: odds / Double(responders - k))
    }
    let observedRate = Double(responders) / Double(patients)
    return bracketedRoot(between: 0, and: observedRate) { rate in
      guard rate > 0 else { return -1 }
      let null = Binomial(patients: patients, rate: rate)
      return null.upperTail(responders) * (1 + relativeTieTolerance) - null.lowerTail(k)
    }
  }

  private func rate(logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
}
