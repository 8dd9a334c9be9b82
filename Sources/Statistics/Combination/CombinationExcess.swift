internal import CRmath
internal import Glibc

/// How far a combination's response rate exceeds what its parts give without interacting.
///
/// The three counts come from different patients, often from different trials: what the excess
/// says holds for those patients only.
public struct CombinationExcess: Sendable, Hashable {
  /// The most pairs of counts the parametric bootstrap runs through.
  public static let pairLimit = 20_000_000

  public let combination: ResponseCount
  public let first: ResponseCount
  public let second: ResponseCount
  public let null: ResponseNull

  public init(
    combination: ResponseCount, first: ResponseCount, second: ResponseCount, null: ResponseNull
  ) {
    self.combination = combination
    self.first = first
    self.second = second
    self.null = null
  }

  /// The combination's rate under the null, at the parts' observed rates.
  public var expectedRate: Double { null.rate(first.rate, second.rate) }

  /// The observed rate less the expected one.
  public var excess: Double { combination.rate - expectedRate }
}

extension CombinationExcess {
  /// The excess in standard errors by the delta method, one-sided for an excess above 0.
  ///
  /// D / SE with SE² = p (1 − p) / n + Σ sᵢ² pᵢ (1 − pᵢ) / nᵢ, where sᵢ are the slopes of the
  /// null: for Bliss 1 less the other rate. A count of nobody or of everybody is taken half a
  /// patient inside, in the excess as in its error.
  public var waldTest: TestResult {
    let (p, p1, p2) = (combination.insideRate, first.insideRate, second.insideRate)
    let slopes = null.slopes(p1, p2)
    let variance =
      p * (1 - p) / Double(combination.patients)
      + slopes.first * slopes.first * p1 * (1 - p1) / Double(first.patients)
      + slopes.second * slopes.second * p2 * (1 - p2) / Double(second.patients)
    let z = (p - null.rate(p1, p2)) / variance.squareRoot()
    return TestResult(pValue: normalUpperTail(z), statistic: z)
  }

  /// The probability that the combination's rate exceeds what the null makes of the parts'.
  ///
  /// Rates have independent Beta(½, ½) priors; the double integral is done by quadrature.
  public var posteriorProbability: Double {
    let p = BetaShape.jeffreys.updated(by: combination)
    let (shape1, shape2) = (
      BetaShape.jeffreys.updated(by: first), BetaShape.jeffreys.updated(by: second)
    )
    if null.bend(beside: 0.5) == nil {
      let width = p.logitScale.width
      let others = shape2.logitNodes(resolving: width)
      return shape1.smoothExpectation(resolving: width) { rate in
        others.reduce(0) { $0 + $1.weight * p.upperTail(null.rate(rate, $1.rate)) }
      }
    }
    let (p1, p2) = (RateDensity(shape1), RateDensity(shape2))
    let probability = p1.expectation { rate in
      let bend = null.bend(beside: rate) ?? 1
      func exceeding(_ other: Double) -> Double { p.upperTail(null.rate(rate, other)) }
      return p2.expectation(below: bend, of: exceeding)
        + p2.expectation(above: bend, of: exceeding)
    }
    return min(1, probability)
  }

  /// The probability of an excess at least as large as the one observed, where the parts have
  /// their observed rates and the combination what the null makes of them.
  ///
  /// A parametric bootstrap without simulation: every pair of counts of the parts is visited
  /// with its probability. A part in which nobody or everybody responded is given half a patient
  /// more or less. Excesses within 1e-12 of each other count as equal.
  ///
  /// - Throws: ``StatisticsError/tableTooLarge(treated:control:limit:)`` for parts with more
  ///   than ``pairLimit`` pairs of counts.
  public func bootstrapPValue() throws(StatisticsError) -> Double {
    guard (first.patients + 1) <= Self.pairLimit / (second.patients + 1) else {
      throw .tableTooLarge(
        treated: first.patients, control: second.patients, limit: Self.pairLimit)
    }
    let (p1, p2) = (first.insideRate, second.insideRate)
    let tails = combination.tails(at: null.rate(p1, p2))
    let (firsts, seconds) = (first.likelyCounts(at: p1), second.likelyCounts(at: p2))
    var total = 0.0
    for one in firsts {
      var sum = 0.0
      for other in seconds {
        let needed = excess - 1e-12 + null.rate(one.rate, other.rate)
        sum += other.probability * tails.reaching(needed)
      }
      total += one.probability * sum
    }
    return min(1, total)
  }
}

extension ResponseCount {
  /// The observed rate, half a patient inside where nobody or everybody responded.
  fileprivate var insideRate: Double {
    min(max(Double(responders), 0.5), Double(patients) - 0.5) / Double(patients)
  }

  /// Every count whose probability at a rate can matter, with its share of patients.
  fileprivate func likelyCounts(at rate: Double) -> [(rate: Double, probability: Double)] {
    let binomial = Binomial(patients: patients, rate: rate)
    return (0...patients).compactMap { count in
      let probability = binomial.probability(of: count)
      guard probability > 1e-20 else { return nil }
      return (Double(count) / Double(patients), probability)
    }
  }

  fileprivate func tails(at rate: Double) -> UpperTails {
    let binomial = Binomial(patients: patients, rate: rate)
    return UpperTails(
      patients: Double(patients), values: (0...patients + 1).map { binomial.upperTail($0) })
  }
}

/// The probabilities that at least so many of a group respond.
private struct UpperTails {
  let patients: Double
  let values: [Double]

  func reaching(_ rate: Double) -> Double {
    let needed = (rate * patients).rounded(.up)
    guard needed > 0 else { return 1 }
    return needed > patients ? 0 : values[Int(needed)]
  }
}
