internal import Glibc

/// The posterior of a normal hierarchy of logits on a grid of values of τ.
struct HierarchyQuadrature: Sendable {
  /// One value of τ.
  struct Node: Sendable {
    /// The variable τ is a function of.
    let x: Double
    /// The logarithm of the unnormalized posterior density of `x`.
    let logDensity: Double
    let conditional: HierarchyConditional
  }

  let scale: HeterogeneityScale
  private(set) var nodes: [Node]
  private(set) var step: Double

  init(
    _ controls: [ResponseCount], mean: MeanPrior, heterogeneity: HeterogeneityPrior,
    resolution: Double
  ) {
    let likelihoods = controls.map { BinomialLogLikelihood($0) }
    let conditional = { (deviation: Double, guess: Double) in
      HierarchyConditional(
        likelihoods, mean: mean, deviation: deviation, near: guess, resolution: resolution)
    }
    let pooled = conditional(0, Self.guess(controls))
    scale = HeterogeneityScale(
      prior: heterogeneity, smallest: min(pooled.spread, heterogeneity.typical))
    step = 0.2 / resolution
    nodes = []
    if case .fixed = heterogeneity {
      nodes = [node(at: 0, near: pooled.mode, conditional)]
    } else {
      nodes = grid(from: scale.range.lowerBound, by: step, near: pooled.mode, conditional)
      refine(conditional)
    }
  }

  private static func guess(_ controls: [ResponseCount]) -> Double {
    let responders = controls.reduce(0.5) { $0 + Double($1.responders) }
    let others = controls.reduce(0.5) { $0 + Double($1.nonResponders) }
    return log(responders / others)
  }

  // MARK: The grid

  private typealias Conditional = (_ deviation: Double, _ guess: Double) -> HierarchyConditional

  private func node(at x: Double, near guess: Double, _ conditional: Conditional) -> Node {
    let point = scale.point(at: x)
    let found = conditional(point.value, guess)
    return Node(x: x, logDensity: point.logDensity + found.logEvidence, conditional: found)
  }

  private func grid(
    from start: Double, by step: Double, near guess: Double, _ conditional: Conditional
  ) -> [Node] {
    var guess = guess
    let count = Int((scale.range.upperBound - start) / step) + 1
    return (0..<count).map { index in
      let node = node(at: start + step * Double(index), near: guess, conditional)
      guess = node.conditional.mode
      return node
    }
  }

  /// Halves the step until every second node gives the same evidence as all of them.
  ///
  /// The error of the trapezoidal rule is squared when the step is halved, so that agreement to
  /// 10⁻⁷ between the two rules leaves less than 10⁻¹⁰ in the finer one, in the tails, too.
  private mutating func refine(_ conditional: Conditional) {
    for _ in 0..<4 where !isSettled {
      let between = grid(
        from: nodes[0].x + step / 2, by: step, near: nodes[0].conditional.mode, conditional)
      nodes = (nodes + between).sorted { $0.x < $1.x }
      step /= 2
    }
  }

  private var isSettled: Bool {
    let peak = nodes.map(\.logDensity).max() ?? 0
    var (even, odd) = (0.0, 0.0)
    for (index, node) in nodes.enumerated() {
      let term = exp(node.logDensity - peak)
      if index.isMultiple(of: 2) { even += term } else { odd += term }
    }
    return (even - odd).magnitude <= 1e-7 * (even + odd)
  }

  // MARK: Answers

  /// The posterior mean of a function of the variable τ is a function of.
  func average(of function: (Double) -> Double) -> Double {
    let peak = nodes.map(\.logDensity).max() ?? 0
    var (total, sum) = (0.0, 0.0)
    for node in nodes {
      let weight = exp(node.logDensity - peak)
      total += weight
      sum += weight * function(node.x)
    }
    return sum / total
  }

  /// The density of the variable τ is a function of; nothing where τ is fixed.
  func scaleDensity() -> PiecewiseLogDensity? {
    guard nodes.count > 1, let peak = nodes.map(\.logDensity).max() else { return nil }
    // The evidence is smooth where the prior is steep: only the evidence is interpolated.
    let evidence = SampledLogDensity(
      start: nodes[0].x, step: step, values: nodes.map(\.conditional.logEvidence))
    return PiecewiseLogDensity(
      over: evidence.start...evidence.end, scales: [(0, 1)], tolerance: 1e-9
    ) { evidence($0) + scale.point(at: $0).logDensity - peak }
  }

  /// The density of the logit of a new trial.
  func predictiveLogit() -> PiecewiseLogDensity {
    let peak = nodes.map(\.logDensity).max() ?? 0
    let parts = nodes.filter { $0.logDensity > peak - 45 }.map { node in
      (weight: node.logDensity - peak, density: node.conditional.prediction())
    }
    let lower = parts.map(\.density.start).min() ?? 0
    let upper = parts.map(\.density.end).max() ?? 0
    let width = nodes.first.map { $0.conditional.spread } ?? 1
    let center = nodes.first?.conditional.mode ?? 0
    return PiecewiseLogDensity(over: lower...upper, scales: [(center, width)]) { logit in
      var sum = 0.0
      for part in parts { sum += exp(part.weight + part.density(logit)) }
      return log(sum)
    }
  }
}
