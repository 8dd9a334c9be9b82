internal import Glibc

/// Σ aₛ C(N, s) πˢ (1 − π)ᴺ⁻ˢ: the mean of aₛ when s is binomial.
struct BernsteinPolynomial {
  /// The polynomial and its first two derivatives by θ, where π = sin² θ.
  ///
  /// In θ the binomial has the same spread, 1/(2√N), everywhere, so one step suits all of it.
  struct Jet {
    var value, slope, curvature: Double
    /// Least and largest coefficient that matter near here.
    var coefficients: ClosedRange<Double>
  }

  let coefficients: [Double]
  /// C(N−2, s+1) / C(N−2, s), and its inverse.
  private let rising, falling: [Double]

  /// - Precondition: There are at least three coefficients.
  init(_ coefficients: [Double]) {
    precondition(coefficients.count >= 3, "two patients make three coefficients")
    self.coefficients = coefficients
    let degree = coefficients.count - 3
    rising = (0..<degree).map { Double(degree - $0) / Double($0 + 1) }
    falling = (0..<degree).map { Double($0 + 1) / Double(degree - $0) }
  }

  var degree: Int { coefficients.count - 1 }

  func evaluate(at rate: Double) -> Jet {
    rate <= 0 || rate >= 1
      ? end(rate <= 0 ? 0 : degree)
      : jet(rate, 1 - rate)
  }

  func evaluate(atAngle angle: Double) -> Jet {
    let (sine, cosine) = (sin(angle), cos(angle))
    return jet(sine * sine, cosine * cosine)
  }

  private func end(_ index: Int) -> Jet {
    let value = coefficients[index]
    return Jet(value: value, slope: 0, curvature: 0, coefficients: value...value)
  }

  /// De Casteljau's last two steps give value, slope and curvature from three means over a
  /// binomial of degree N − 2, without dividing by π or 1 − π.
  private func jet(_ p: Double, _ q: Double) -> Jet {
    let means = shiftedMeans(p, q)
    // A mean is not above what it is a mean of; rounding would put it there.
    let largest = means.range.upperBound
    let n = Double(degree)
    let (first, second) = (means.second - means.first, means.third - means.second)
    let byRate = n * (q * first + p * second)
    let byRateTwice = n * (n - 1) * (second - first)
    return Jet(
      value: min(largest, q * q * means.first + 2 * p * q * means.second + p * p * means.third),
      slope: 2 * (p * q).squareRoot() * byRate,
      curvature: 4 * p * q * byRateTwice + 2 * (q - p) * byRate,
      coefficients: means.range)
  }

  /// The means of aₛ, aₛ₊₁ and aₛ₊₂ over a binomial s of degree N − 2.
  ///
  /// Weights start at the mode and stop where they are 10¹⁸ times smaller.
  private func shiftedMeans(_ p: Double, _ q: Double) -> ShiftedMeans {
    let last = degree - 2
    let mode = min(last, Int(Double(last + 1) * p))
    let a = coefficients.span
    var sum = ShiftedMeans(starting: a[mode], a[mode + 1], a[mode + 2])
    var (weight, odds) = (1.0, p / q)
    var s = mode
    while s < last {
      weight *= rising[s] * odds
      if weight < 1e-18 { break }
      s += 1
      sum.add(weight, a[s], a[s + 1], a[s + 2], extending: a[s + 2])
    }
    (weight, odds) = (1.0, q / p)
    s = mode
    while s > 0 {
      s -= 1
      weight *= falling[s] * odds
      if weight < 1e-18 { break }
      sum.add(weight, a[s], a[s + 1], a[s + 2], extending: a[s])
    }
    sum.normalize()
    return sum
  }
}

/// Weighted means of a coefficient and its next two neighbors, summed in one pass.
private struct ShiftedMeans {
  var first, second, third: Double
  private var total = 1.0
  private var least, largest: Double

  var range: ClosedRange<Double> { least...largest }

  init(starting first: Double, _ second: Double, _ third: Double) {
    (self.first, self.second, self.third) = (first, second, third)
    least = min(first, second, third)
    largest = max(first, second, third)
  }

  mutating func add(
    _ weight: Double, _ a: Double, _ b: Double, _ c: Double, extending newest: Double
  ) {
    first += weight * a
    second += weight * b
    third += weight * c
    total += weight
    if newest < least { least = newest }
    if newest > largest { largest = newest }
  }

  mutating func normalize() {
    first /= total
    second /= total
    third /= total
  }
}
