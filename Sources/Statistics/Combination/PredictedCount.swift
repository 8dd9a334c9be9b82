internal import Glibc

/// How many of so many new patients respond, where their rate is known as a posterior.
///
/// The posterior's predictive distribution: the binomial one averaged over the rate.
public struct PredictedCount: Sendable, Hashable {
  /// The probabilities that 0, 1, … or all respond.
  public let probabilities: [Double]

  private init(_ probabilities: [Double]) { self.probabilities = probabilities }

  /// Of patients whose rate has a beta distribution: the beta-binomial distribution.
  public init(of patients: Int, _ shape: BetaShape) {
    self.init(Self.betaBinomial(shape, of: patients))
  }

  /// Of patients given a combination whose parts do not interact.
  ///
  /// Under ``ResponseNull/bliss`` exact: those who respond to the first part have one beta-binomial
  /// distribution, and those of the rest who respond to the second another. Otherwise the binomial
  /// distribution averaged over a grid of both rates, with nodes on either side of a bend.
  ///
  /// - Complexity: O(n²) of n patients, or O(√n) for each pair of rates.
  public init(of patients: Int, _ prediction: CombinationPrediction) {
    let (sharp, wide) = prediction.shapes
    let null = prediction.null.plain
    self.init(
      null == .bliss
        ? Self.independent(sharp, wide, of: patients)
        : Self.averaged(over: sharp, wide, null, of: patients))
  }

  /// Pr(X ≤ `responders`).
  public func lowerTail(_ responders: Int) -> Double {
    guard responders >= 0 else { return 0 }
    guard responders < probabilities.count - 1 else { return 1 }
    return min(1, probabilities.prefix(responders + 1).reduce(0, +))
  }

  /// Pr(X ≥ `responders`).
  public func upperTail(_ responders: Int) -> Double {
    guard responders > 0 else { return 1 }
    return min(1, probabilities.dropFirst(responders).reversed().reduce(0, +))
  }

  /// The counts that are left when each tail is cut off at half of what the level leaves out.
  ///
  /// - Precondition: `0 < level < 1`.
  public func limits(level: Double) -> ClosedRange<Int> {
    precondition(level > 0 && level < 1)
    let tail = (1 - level) / 2
    var (below, lower, sum) = (true, 0, 0.0)
    for (count, probability) in probabilities.enumerated() {
      sum += probability
      if below, sum > tail { (below, lower) = (false, count) }
      if sum >= 1 - tail { return lower...count }
    }
    return lower...(probabilities.count - 1)
  }

  /// Twice the smaller tail of a count, at most 1.
  public func pValue(_ responders: Int) -> Double {
    min(1, 2 * min(lowerTail(responders), upperTail(responders)))
  }
}

extension PredictedCount {
  /// From the likeliest count outward, so that nothing underflows or cancels.
  private static func betaBinomial(_ shape: BetaShape, of patients: Int) -> [Double] {
    let (n, a, b) = (Double(patients), shape.a, shape.b)
    func ratio(_ k: Double) -> Double { (n - k) * (a + k) / ((k + 1) * (b + n - k - 1)) }
    let start = min(patients, Int((n + 1) * shape.mean))
    var masses = Array(repeating: 0.0, count: patients + 1)
    masses[start] = 1
    for k in start..<patients { masses[k + 1] = masses[k] * ratio(Double(k)) }
    for k in stride(from: start, to: 0, by: -1) { masses[k - 1] = masses[k] / ratio(Double(k - 1)) }
    let total = masses.reduce(0, +)
    return masses.map { $0 / total }
  }

  private static func independent(
    _ one: BetaShape, _ other: BetaShape, of patients: Int
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: patients + 1)
    for (responders, probability) in betaBinomial(one, of: patients).enumerated()
    where probability > 0 {
      let rest = betaBinomial(other, of: patients - responders)
      for (more, share) in rest.enumerated() { sums[responders + more] += probability * share }
    }
    return sums
  }

  private static func averaged(
    over sharp: BetaShape, _ wide: BetaShape, _ null: ResponseNull, of patients: Int
  ) -> [Double] {
    // The binomial distribution of a rate is at least so wide on the logit scale.
    let width = 2 / Double(max(1, patients)).squareRoot()
    let smooth = wide.logitNodes(resolving: width)
    var average = BinomialAverage(patients: patients)
    for (rate, weight) in sharp.logitNodes(resolving: width) {
      let others =
        null.bend(beside: rate).map {
          wide.panelNodes(from: 0, to: $0) + wide.panelNodes(from: $0, to: 1)
        } ?? smooth
      for other in others {
        average.add(min(1, null.rate(rate, other.rate)), weight * other.weight)
      }
    }
    return average.probabilities
  }
}

/// Binomial distributions of several rates, added up with weights.
private struct BinomialAverage {
  private let patients: Int
  private(set) var probabilities: [Double]

  init(patients: Int) {
    self.patients = patients
    probabilities = Array(repeating: 0, count: patients + 1)
  }

  /// From the likeliest count outward, as far as its probabilities matter.
  mutating func add(_ rate: Double, _ weight: Double) {
    guard weight > 1e-18 else { return }
    let start = min(patients, Int(Double(patients + 1) * rate))
    let most = weight * Binomial(patients: patients, rate: rate).probability(of: start)
    let odds = rate / (1 - rate)
    var term = most
    probabilities[start] += term
    for k in start..<patients where term > most * 1e-22 {
      term *= odds * Double(patients - k) / Double(k + 1)
      probabilities[k + 1] += term
    }
    term = most
    for k in stride(from: start, to: 0, by: -1) where term > most * 1e-22 {
      term *= Double(k) / (odds * Double(patients - k + 1))
      probabilities[k - 1] += term
    }
  }
}
