import Foundation
import ReferenceTesting
import Testing

@testable import TimeToEvent

struct BivariateNormalTests {
  @Test(
    "agrees with integrating one variable given the other",
    arguments: [0, 0.3, 0.7, 0.9, 0.924, 0.926, 0.95, 0.99, 0.9999].flatMap { [$0, -$0] })
  func agreesWithIntegral(correlation: Double) {
    for h in [-2.0, -0.4, 0, 1.1, 3] {
      for k in [-1.5, 0, 0.8, 1.1, 2.6] {
        let found = bivariateUpperTail(h, k, correlation: correlation)
        let expected = integral(h, k, correlation)
        #expect((found - expected).magnitude < 5e-14, "\(h) \(k) \(found) \(expected)")
      }
    }
  }

  /// In panels far narrower than the step the condition has near a correlation of 1.
  private func integral(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
    let deviation = ((1 - correlation) * (1 + correlation)).squareRoot()
    let panels = 600
    let width = (9 - h) / Double(panels)
    var sum = 0.0
    for panel in 0..<panels {
      for (node, weight) in GaussLegendre.twenty {
        let x = h + (Double(panel) + node) * width
        let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        sum += weight * width * density * normalUpperTail((k - correlation * x) / deviation)
      }
    }
    return sum
  }

  @Test("of the same variable twice, and of it and its opposite")
  func ends() {
    #expect(bivariateUpperTail(1, 2, correlation: 1) == normalUpperTail(2))
    #expect(
      bivariateUpperTail(-1, -2, correlation: -1)
        .agrees(with: normalLowerTail(2) - normalUpperTail(1), within: 1e-14))
    #expect(bivariateUpperTail(1, 2, correlation: -1) == 0)
    #expect(bivariateUpperTail(-.infinity, 2, correlation: 0.5) == normalUpperTail(2))
  }
}
