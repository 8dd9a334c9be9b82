internal import Glibc

/// Rates with their shares of the mass of a beta distribution.
typealias RateNodes = [(rate: Double, weight: Double)]

extension BetaShape {
  /// Rates at equal steps of their logits, for expectations by the trapezoidal rule.
  ///
  /// The density of the logit falls to nothing at both ends, where that rule converges faster than
  /// any power of its step. A function that changes within a `width` of the logit gets steps half
  /// as long.
  func logitNodes(resolving width: Double = .infinity) -> RateNodes {
    let density = LogitDensity(self)
    let (lower, upper) = (density.edge(-1), density.edge(1))
    // A quarter for long tails: the density of a logit is analytic to π / 2 of the real line only.
    let longest = min(0.25, width / 2)
    let count = max(96, Int(min((upper - lower) / longest, 20_000)))
    let step = (upper - lower) / Double(count)
    let nodes = (0...count).map { index in
      let logit = lower + Double(index) * step
      return (rate: expit(logit), weight: density(logit))
    }
    let total = nodes.reduce(0) { $0 + $1.weight }
    return nodes.map { ($0.rate, $0.weight / total) }
  }

  /// The expectation of a function without bends.
  func smoothExpectation(
    resolving width: Double = .infinity, of function: (Double) -> Double
  ) -> Double {
    logitNodes(resolving: width).reduce(0) { $0 + $1.weight * function($1.rate) }
  }

  /// The integral of a function over the rates below a bound, where it may have a root or come to 0.
  func integral(below bound: Double, of function: (Double) -> Double) -> Double {
    panelNodes(from: 0, to: bound).reduce(0) { $0 + $1.weight * function($1.rate) }
  }

  /// Rates between two bounds with the mass they stand for, for functions with a bend or a root at a
  /// bound.
  ///
  /// With the logit of the rate at L − s u⁴ / (1 + u)³, L that of the upper bound and s the density's
  /// width, half-integer powers of the distance to the bound are whole ones of u, others are high
  /// ones, and far from it steps are even.
  func panelNodes(from least: Double, to bound: Double) -> RateNodes {
    guard bound > 0 else { return [] }
    let density = LogitDensity(self)
    let top = min(log(bound) - log1p(-bound), density.edge(1))
    let bottom = max(log(least) - log1p(-least), density.edge(-1, from: top))
    guard bottom < top else { return [] }
    let depth = (top - bottom) / density.width
    let last = bracketedRoot(between: 0, and: depth + 4) { $0 * Self.bent($0) - depth }
    let panels = max(12, Int(last / 2))
    let step = last / Double(panels)
    let rule = LegendreRule.twentyPoints
    let total = density.total / density.width
    return (0..<panels).flatMap { panel in
      zip(rule.nodes, rule.weights).map { node, weight in
        let u = (Double(panel) + (1 + node) / 2) * step
        let logit = top - density.width * u * Self.bent(u)
        let slope = Self.bent(u) * (4 + u) / (1 + u)
        return (expit(logit), weight * step / 2 * slope * density(logit) / total)
      }
    }
  }

  /// (u / (1 + u))³.
  private static func bent(_ u: Double) -> Double {
    let share = u / (1 + u)
    return share * share * share
  }
}

/// The density of the logit of a beta-distributed rate, over its largest value.
private struct LogitDensity {
  private let likelihood: BinomialLogLikelihood
  private let scale: (center: Double, width: Double)

  init(_ shape: BetaShape) {
    likelihood = BinomialLogLikelihood(responders: shape.a, nonResponders: shape.b)
    scale = shape.logitScale
  }

  var width: Double { scale.width }

  func callAsFunction(_ logit: Double) -> Double { exp(likelihood.value(at: logit)) }

  /// Where below (−1) or above (1) a start, at most the mode, the density is e⁻³⁷ of that there.
  func edge(_ direction: Double, from start: Double = .infinity) -> Double {
    var logit = min(start, scale.center)
    var width = scale.width
    let least = likelihood.value(at: logit) - 37
    while likelihood.value(at: logit) > least {
      logit += direction * width
      width *= 1.2
    }
    return logit
  }

  /// The integral over all logits.
  var total: Double {
    let (lower, upper) = (edge(-1), edge(1))
    let step = (upper - lower) / 400
    return (0...400).reduce(0) { $0 + self(lower + Double($1) * step) } * step
  }
}
