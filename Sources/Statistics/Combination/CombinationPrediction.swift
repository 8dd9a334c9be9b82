internal import Glibc

/// The posterior of the rate a combination would have if its parts did not interact.
///
/// The parts' rates have independent Beta(½ + x, ½ + n − x) posteriors (Jeffreys's prior), and the
/// combination has what the null makes of them. What is uncertain here is what the parts' own
/// counts leave open: that the null holds, and that both parts' patients are alike, is assumed.
///
/// All integrals are done by quadrature, without simulation: with p₁ = t sin² θ the distribution
/// function at t is ∫ f₁(p₁) F₂(p₂(t, p₁)) t sin 2θ dθ over a quarter turn, where p₂(t, p₁) is the
/// second rate at which the null gives t. The substitution takes away the roots that a part without
/// responders has at both ends.
public struct CombinationPrediction: Sendable, Hashable {
  public let first: ResponseCount
  public let second: ResponseCount
  public let null: ResponseNull

  public init(first: ResponseCount, second: ResponseCount, null: ResponseNull) {
    self.first = first
    self.second = second
    self.null = null
  }

  private var shapes: (BetaShape, BetaShape) {
    (BetaShape.jeffreys.updated(by: first), BetaShape.jeffreys.updated(by: second))
  }

  /// The posterior probability that the combination's rate is at most `rate`.
  public func lowerTail(_ rate: Double) -> Double {
    guard rate > 0 else { return 0 }
    guard rate < 1 else { return 1 }
    let (one, other) = shapes
    if null == .highestSingleAgent { return one.lowerTail(rate) * other.lowerTail(rate) }
    return min(
      1,
      panelIntegral(upTo: .pi / 2, panels: Self.panels(one, below: rate)) { angle in
        let part = rate * sin(angle) * sin(angle)
        guard part > 0, part < rate else { return 0 }
        let needed = null.impliedRate(of: rate, beside: part) ?? 1
        let mass = one.density(part)
        return mass > 1e-16 ? mass * other.lowerTail(needed) * rate * sin(2 * angle) : 0
      })
  }

  /// The rate below which `tail` of the posterior lies.
  ///
  /// - Precondition: `tail` lies between 0 and 1, neither included.
  public func quantile(_ tail: Double) -> Double {
    precondition(tail > 0 && tail < 1)
    return bracketedRoot(between: 0, and: 1) { lowerTail($0) - tail }
  }

  /// Quantiles that leave the same mass on both sides.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func interval(
    level: Double
  ) throws(StatisticsError) -> (lower: Double, upper: Double) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    return (quantile((1 - level) / 2), quantile((1 + level) / 2))
  }

  /// The posterior mean of the combination's rate.
  ///
  /// For ``ResponseNull/bliss`` m₁ + m₂ − m₁ m₂ with the parts' posterior means; for nulls with a
  /// bend the integral of the upper tail; otherwise the double integral over the parts.
  public var mean: Double {
    let (one, other) = shapes
    if null == .bliss { return one.mean + other.mean * (1 - one.mean) }
    guard null.bend(beside: 0.5) == nil else {
      return panelIntegral(upTo: 1, panels: 24) { 1 - lowerTail($0) }
    }
    return one.smoothExpectation(points: one.meanPoints) { rate in
      other.smoothExpectation(points: other.meanPoints) { null.rate(rate, $0) }
    }
  }

  /// The probabilities that 0, 1, … or all of so many new patients respond.
  ///
  /// The binomial distribution averaged over the posterior: ∫ (1 − F(t)) β(t; k, n − k + 1) dt is
  /// the probability of at least k; t = sin² θ takes away the roots at both ends.
  public func predictedCounts(of patients: Int) -> [Double] {
    guard patients > 0 else { return [1] }
    let rule = LegendreRule.twentyPoints
    let panels = 12
    var exceeding = [1.0] + Array(repeating: 0.0, count: patients)
    let ranks = (1...patients).map { (Double($0), Double(patients - $0 + 1)) }
    for panel in 0..<panels {
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let width = Double.pi / 2 / Double(panels)
        let angle = (Double(panel) + (1 + node) / 2) * width
        let rate = sin(angle) * sin(angle)
        let mass = (1 - lowerTail(rate)) * sin(2 * angle) * weight * width / 2
        for (index, rank) in ranks.enumerated() {
          exceeding[index + 1] += mass * BetaShape(unchecked: rank.0, rank.1).density(rate)
        }
      }
    }
    return (0...patients).map { count in
      max(0, exceeding[count] - (count < patients ? exceeding[count + 1] : 0))
    }
  }

  /// How many panels resolve the density of a part's rate below another rate.
  private static func panels(_ shape: BetaShape, below rate: Double) -> Int {
    let width = shape.variance.squareRoot() / rate
    return Int(min(max(1 / width, 4), 200))
  }
}

extension BetaShape {
  /// Enough for ten digits: a rate near an end has a long tail on the logit scale.
  fileprivate var meanPoints: Int { min(a, b) < 2 ? 200 : 96 }

  fileprivate func density(_ rate: Double) -> Double {
    exp(logDensity(atLogit: log(rate) - log1p(-rate))) / (rate * (1 - rate))
  }
}

/// The integral of a function from 0, with twenty of Legendre's points in each of equal panels.
private func panelIntegral(
  upTo end: Double, panels: Int, of function: (Double) -> Double
) -> Double {
  let width = end / Double(panels)
  return (0..<panels).reduce(0) { sum, panel in
    sum + width
      * LegendreRule.twentyPoints.unitIntegral { function((Double(panel) + $0) * width) }
  }
}
