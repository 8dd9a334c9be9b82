/// The coefficients under which the events of a Cox model are likeliest, by Newton's steps.
struct CoxFit: Sendable {
  static let maximumSteps = 100

  let coefficients: [Double]
  let null: CoxDerivatives
  let fitted: CoxDerivatives
  let steps: Int

  /// Steps are halved until the likelihood rises.
  ///
  /// They end when the next one is below 10⁻⁹ standard deviations of every covariate; the last is
  /// still taken, so that what is left is its square.
  init(_ design: CoxDesign, _ ties: CoxTies) throws(TimeToEventError) {
    var coefficients = [Double](repeating: 0, count: design.columns)
    null = try CoxDerivatives(design, coefficients, ties)
    if let column = Elimination(null.information).firstDependent {
      throw .dependentColumn(design.names[column])
    }
    var current = null
    var taken = 0
    var isFinal = false
    while !isFinal {
      guard taken < Self.maximumSteps else { throw .coxDidNotConverge(iterations: taken) }
      let step = Elimination(current.information).solve(current.score)
      isFinal = step.allSatisfy { $0.magnitude < 1e-9 }
      let (next, fraction) = try Self.raised(design, ties, from: current, coefficients, by: step)
      for index in step.indices { coefficients[index] += fraction * step[index] }
      let gain = next.logLikelihood - current.logLikelihood
      try Self.checkEnd(design, step, next, gain: gain)
      isFinal = isFinal || fraction == 0
      current = next
      taken += 1
    }
    self.coefficients = coefficients
    fitted = current
    steps = taken
  }

  /// The point a whole step away, or as much of it as does not lower the likelihood.
  private static func raised(
    _ design: CoxDesign, _ ties: CoxTies, from current: CoxDerivatives, _ coefficients: [Double],
    by step: [Double]
  ) throws(TimeToEventError) -> (CoxDerivatives, fraction: Double) {
    var fraction = 1.0
    // Rounding may lower it by this much where it is level.
    let floor = current.logLikelihood - 1e-12 * max(1, current.logLikelihood.magnitude)
    for _ in 0..<60 {
      let trial = zip(coefficients, step).map { $0 + fraction * $1 }
      let next = try CoxDerivatives(design, trial, ties)
      if next.logLikelihood >= floor { return (next, fraction) }
      fraction /= 2
    }
    return (current, 0)
  }

  /// Refuses a likelihood that has come to its limit while coefficients still move.
  ///
  /// Where it has a maximum, steps shrink with the square root of what is left to gain or faster;
  /// where it rises forever, each step moves some coefficient about as far as the last one did.
  private static func checkEnd(
    _ design: CoxDesign, _ step: [Double], _ next: CoxDerivatives, gain: Double
  ) throws(TimeToEventError) {
    guard gain < 1e-9 * max(1, next.logLikelihood.magnitude) else { return }
    let farthest = step.indices.max { step[$0].magnitude < step[$1].magnitude }
    guard let farthest, step[farthest].magnitude > 0.05 else { return }
    throw .infiniteCoefficient(design.names[farthest], rises: step[farthest] > 0)
  }
}
