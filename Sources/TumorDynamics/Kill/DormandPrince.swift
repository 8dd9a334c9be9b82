internal import Glibc

/// Solves *x*′ = *f*(*t*, *x*) by an embedded Runge–Kutta pair of orders 5 and 4, the step chosen so
/// that the estimated error of each stays below a tolerance.
///
/// ## References
///
/// - Dormand JR, Prince PJ (1980). A family of embedded Runge–Kutta formulae.
///   *J Comput Appl Math* 6:19–26, table 2.
/// - Hairer E, Nørsett SP, Wanner G (1993). *Solving Ordinary Differential Equations I*, 2nd ed.,
///   section II.4 (step control).
package struct DormandPrince: Sendable {
  /// The error allowed a step, relative to 1 + |*x*|.
  package var tolerance: Double
  /// The longest step.
  package var longestStep: Double

  package init(tolerance: Double, longestStep: Double = .infinity) {
    self.tolerance = tolerance
    self.longestStep = longestStep
  }

  /// The state at `end`.
  package func solve<State: SIMD<Double>>(
    _ state: State, from start: Double, to end: Double,
    _ slope: (Double, State) -> State
  ) -> State {
    var state = state
    var now = start
    var step = min(end - start, longestStep, 1)
    var first = slope(now, state)
    while now < end {
      // What is left, rather than a step that ends a rounding error before it.
      if end - now <= step * 1.000_001 { step = end - now }
      let (next, last, error) = Self.step(state, at: now, by: step, first, slope)
      let worst = Self.worst(error, state, next) / tolerance
      if worst <= 1 || step < 1e-9 {
        now = step == end - now ? end : now + step
        (state, first) = (next, last)
      }
      step = min(step * min(5, max(0.2, 0.9 * pow(max(worst, 1e-12), -0.2))), longestStep)
    }
    return state
  }

  /// The state a step on, its slope there, and the estimated error.
  private static func step<State: SIMD<Double>>(
    _ x: State, at t: Double, by h: Double, _ k1: State, _ slope: (Double, State) -> State
  ) -> (next: State, slope: State, error: State) {
    let k2 = slope(t + h / 5, x + h / 5 * k1)
    var sum = 3 / 40.0 * k1 + 9 / 40.0 * k2
    let k3 = slope(t + 3 * h / 10, x + h * sum)
    sum = 44 / 45.0 * k1 - 56 / 15.0 * k2
    sum += 32 / 9.0 * k3
    let k4 = slope(t + 4 * h / 5, x + h * sum)
    sum = 19372 / 6561.0 * k1 - 25360 / 2187.0 * k2
    sum += 64448 / 6561.0 * k3 - 212 / 729.0 * k4
    let k5 = slope(t + 8 * h / 9, x + h * sum)
    sum = 9017 / 3168.0 * k1 - 355 / 33.0 * k2
    sum += 46732 / 5247.0 * k3 + 49 / 176.0 * k4
    sum -= 5103 / 18656.0 * k5
    let k6 = slope(t + h, x + h * sum)
    sum = 35 / 384.0 * k1 + 500 / 1113.0 * k3
    sum += 125 / 192.0 * k4 - 2187 / 6784.0 * k5
    sum += 11 / 84.0 * k6
    let next = x + h * sum
    let k7 = slope(t + h, next)
    var error = 71 / 57600.0 * k1 - 71 / 16695.0 * k3
    error += 71 / 1920.0 * k4 - 17253 / 339200.0 * k5
    error += 22 / 525.0 * k6 - 1 / 40.0 * k7
    return (next, k7, h * error)
  }

  private static func worst<State: SIMD<Double>>(
    _ error: State, _ x: State, _ next: State
  ) -> Double {
    var worst = 0.0
    for index in error.indices {
      let size = 1 + max(x[index].magnitude, next[index].magnitude)
      worst = max(worst, error[index].magnitude / size)
    }
    return worst
  }
}
