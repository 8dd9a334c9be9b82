import ReferenceTesting
import Testing

@testable import Statistics

struct BernsteinPolynomialTests {
  @Test("a single coefficient peaks where its binomial does", arguments: [2, 3, 10, 273, 2000])
  func singlePeak(degree: Int) {
    for s in [0, 1, degree / 3, degree - 1, degree] {
      var coefficients = [Double](repeating: 0, count: degree + 1)
      coefficients[s] = 0.25
      let maximum = BernsteinPolynomial(coefficients).largest()
      let rate = Double(s) / Double(degree)
      let peak = 0.25 * Binomial(patients: degree, rate: rate).probability(of: s)
      #expect(maximum.value.agrees(with: peak, within: 1e-12))
      #expect(abs(maximum.argument - rate) < 1e-6)
    }
  }

  @Test("derivatives by the angle are those of differences")
  func derivatives() {
    let polynomial = BernsteinPolynomial([0.1, 0.9, 0.3, 0.2, 0.7, 0])
    for angle in [0.05, 0.4, 0.8, 1.2, 1.5] {
      let h = 1e-4
      let (low, here, high) = (
        polynomial.evaluate(atAngle: angle - h), polynomial.evaluate(atAngle: angle),
        polynomial.evaluate(atAngle: angle + h)
      )
      #expect(abs(here.slope - (high.value - low.value) / (2 * h)) < 1e-6)
      #expect(abs(here.curvature - (high.value - 2 * here.value + low.value) / (h * h)) < 1e-5)
    }
  }

  /// Coefficients of 0 and 1 at random make many peaks of nearly one height.
  @Test("no peak escapes: the largest of 20,000 points is never above", arguments: 1...40)
  func manyPeaks(seed: UInt64) {
    var state = seed
    let coefficients = (0...60).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 63 == 0 ? 0.0 : 1.0
    }
    let polynomial = BernsteinPolynomial(coefficients)
    let maximum = polynomial.largest()
    let highest = (0...20_000).map {
      polynomial.evaluate(at: Double($0) / 20_000).value
    }.max()
    #expect(highest.map { maximum.value >= $0 * (1 - 1e-13) && maximum.value < $0 + 1e-5 } == true)
  }

  @Test("a constant is its own maximum, at the end of the range")
  func constant() {
    let maximum = BernsteinPolynomial([1, 1, 1, 1]).largest()
    #expect(maximum.value == 1 && maximum.argument == 0)
  }

  @Test("keeps to the range it is given")
  func range() {
    let polynomial = BernsteinPolynomial([0, 0, 0, 0, 1])
    let maximum = polynomial.largest(in: 0.2...0.5)
    #expect(maximum.argument == 0.5 && maximum.value.agrees(with: 0.0625, within: 1e-14))
    let point = polynomial.largest(in: 0.3...0.3)
    #expect(point.value.agrees(with: 0.0081, within: 1e-13))
  }
}
