internal import Glibc

/// A test that a group responds at a rate fixed beforehand.
public struct OneSampleTest: Sendable, Hashable {
  public let count: ResponseCount
  /// The rate under the null hypothesis.
  public let rate: Double

  /// - Throws: ``StatisticsError/rateOutOfRange(_:)`` unless `0 < rate < 1`.
  public init(_ count: ResponseCount, against rate: Double) throws(StatisticsError) {
    guard rate > 0, rate < 1 else { throw .rateOutOfRange(rate) }
    self.count = count
    self.rate = rate
  }

  /// The probability, at the fixed rate, of a count at least as extreme as the one observed.
  ///
  /// - Complexity: O(log *n*), where *n* is the number of patients.
  public func pValue(_ method: Method = .exact, _ alternative: Alternative = .twoSided) -> Double {
    switch method {
    case .exact:
      alternative == .twoSided ? minimumLikelihood : tail(alternative)
    case .exactDoubled:
      alternative == .twoSided ? min(1, 2 * min(tail(.less), tail(.greater))) : tail(alternative)
    case .midP:
      alternative == .twoSided
        ? min(1, 2 * min(midTail(.less), midTail(.greater))) : midTail(alternative)
    case .blaker:
      alternative == .twoSided ? blakerAcceptability : tail(alternative)
    case .score:
      normalPValue(score(correction: 0), alternative)
    case .scoreContinuityCorrected:
      normalPValue(score(correction: 0.5), alternative)
    }
  }

  /// The standard normal deviate *z* of the score methods; the exact ones have none.
  public func statistic(_ method: Method) -> Double? {
    switch method {
    case .exact, .exactDoubled, .midP, .blaker: nil
    case .score: score(correction: 0)
    case .scoreContinuityCorrected: score(correction: 0.5)
    }
  }

  public func result(
    _ method: Method = .exact, _ alternative: Alternative = .twoSided
  ) -> TestResult {
    TestResult(pValue: pValue(method, alternative), statistic: statistic(method))
  }
}

extension OneSampleTest {
  private var null: Binomial { Binomial(patients: count.patients, rate: rate) }

  private func tail(_ alternative: Alternative) -> Double {
    alternative == .less ? null.lowerTail(count.responders) : null.upperTail(count.responders)
  }

  private func midTail(_ alternative: Alternative) -> Double {
    let beyond =
      alternative == .less
      ? null.lowerTail(count.responders - 1) : null.upperTail(count.responders + 1)
    return beyond + null.probability(of: count.responders) / 2
  }

  /// The observed tail and, beyond the mean, every count no more probable than the observed one.
  ///
  /// Probabilities fall from the mean outward, so those counts form a tail. Their logarithms are
  /// compared, because two that underflow are not equal.
  private var minimumLikelihood: Double {
    let mean = Double(count.patients) * rate
    let observed = Double(count.responders)
    let null = null
    let limit = null.logProbability(of: count.responders) + log1p(relativeTieTolerance)
    let isNoMoreProbable = { (count: Int) in null.logProbability(of: count) <= limit }
    if observed < mean {
      let first = firstIndex(in: Int(mean.rounded(.up))..<count.patients + 1, isNoMoreProbable)
      return min(1, tail(.less) + null.upperTail(first))
    }
    let below = Int(mean.rounded(.down))
    let first = firstIndex(in: 0..<below + 1) { isNoMoreProbable(below - $0) }
    return min(1, tail(.greater) + null.lowerTail(below - first))
  }

  private var blakerAcceptability: Double {
    let (below, above) = (tail(.less), tail(.greater))
    let null = null
    let bound = min(below, above) * (1 + relativeTieTolerance)
    if above <= below {
      let fitting = firstIndex(in: 0..<count.patients + 1) { null.lowerTail($0) > bound }
      return min(1, above + null.lowerTail(fitting - 1))
    }
    let first = firstIndex(in: 0..<count.patients + 1) { null.upperTail($0) <= bound }
    return min(1, below + null.upperTail(first))
  }

  /// R's `prop.test` shrinks the correction rather than let it change the sign; so does this.
  private func score(correction: Double) -> Double {
    let n = Double(count.patients)
    let difference = Double(count.responders) - n * rate
    let corrected = max(0, difference.magnitude - correction)
    let z = corrected / (n * rate * (1 - rate)).squareRoot()
    return difference < 0 ? -z : z
  }
}

/// Two counts whose probabilities agree to one part in 10⁷ are taken as equally probable.
///
/// R's `binom.test` and `fisher.test` use this rule; without it rounding would decide.
let relativeTieTolerance = 1e-7

/// The *p*-value of a standard normal deviate.
func normalPValue(_ z: Double, _ alternative: Alternative) -> Double {
  switch alternative {
  case .twoSided: 2 * normalUpperTail(z.magnitude)
  case .greater: normalUpperTail(z)
  case .less: normalLowerTail(z)
  }
}

/// The least index for which `condition`, false and then true, holds; the end when none.
private func firstIndex(in range: Range<Int>, _ condition: (Int) -> Bool) -> Int {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let middle = (low + high) / 2
    if condition(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
