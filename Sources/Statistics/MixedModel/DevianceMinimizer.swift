/// Newton's method for a mixed model's deviance, made safe.
///
/// Where the deviance is not convex the eigenvalues of its second derivatives are taken without
/// their sign, and a step that does not lower the deviance is halved. It starts from the best of a
/// few multiples of the unit matrix, and once more from inside where it ends on the boundary.
/// Nothing is random.
///
/// ## References
///
/// - Nocedal J, Wright SJ (2006). *Numerical Optimization*, 2nd ed. Springer, section 3.4.
struct DevianceMinimizer {
  let design: ReducedDesign
  let criterion: LikelihoodCriterion

  struct Minimum: Sendable {
    let derivatives: FactorDerivatives
    let iterations: Int
    /// By how much another step would lower the deviance.
    let decrement: Double
    var point: CriterionPoint { derivatives.derivatives.point }
  }

  static let maximumIterations = 200

  /// - Throws: ``StatisticsError/didNotConverge(iterations:gradient:)``.
  func minimum() throws(StatisticsError) -> Minimum {
    let starts = [0.1, 0.3, 1, 3, 10, 100].compactMap {
      point(Matrix(diagonal: $0, size: design.randomCount))
    }
    guard let start = starts.min(by: { $0.deviance < $1.deviance }) else {
      throw .didNotConverge(iterations: 0, gradient: .nan)
    }
    let first = descend(from: start)
    var best = first
    if Self.smallestDeviation(first.point) < 1e-2, let inside = inside(first.point) {
      let second = descend(from: inside)
      if second.point.deviance < first.point.deviance { best = second }
    }
    // A difference of 10⁻⁹ in deviance is far below anything a statistician could see.
    guard best.decrement <= 1e-9 else {
      throw .didNotConverge(
        iterations: best.iterations,
        gradient: best.derivatives.gradient.map(\.magnitude).max() ?? 0)
    }
    return best
  }

  /// The least standard deviation of any combination of random effects, as a share of σ.
  static func smallestDeviation(_ point: CriterionPoint) -> Double {
    let covariance = point.factor * point.factor.transposed
    return max(0, SymmetricEigen(covariance).values.min() ?? .infinity).squareRoot()
  }

  private func point(_ factor: Matrix) -> CriterionPoint? {
    CriterionPoint(design, criterion, factor: factor)
  }

  private func inside(_ point: CriterionPoint) -> CriterionPoint? {
    var covariance = point.factor * point.factor.transposed
    for index in 0..<covariance.rows { covariance[index, index] += 0.25 }
    return Cholesky(covariance).flatMap { self.point($0.factor) }
  }

  private func descend(from start: CriterionPoint) -> Minimum {
    var current = FactorDerivatives(start)
    for iteration in 0..<Self.maximumIterations {
      let step = newtonStep(current)
      let decrement = -dot(step, current.gradient)
      let size = current.gradient.map(\.magnitude).max() ?? 0
      if size <= 1e-9 || decrement <= 1e-22 {
        return Minimum(derivatives: current, iterations: iteration, decrement: decrement)
      }
      guard let next = shortened(step, from: current, decrement) else {
        return Minimum(derivatives: current, iterations: iteration, decrement: decrement)
      }
      let following = FactorDerivatives(next)
      let newSize = following.gradient.map(\.magnitude).max() ?? 0
      // Rounding, not slope, decides from here on.
      if decrement < 1e-12, newSize >= size {
        return Minimum(derivatives: current, iterations: iteration, decrement: decrement)
      }
      current = following
    }
    return Minimum(
      derivatives: current, iterations: Self.maximumIterations, decrement: .infinity)
  }

  private func newtonStep(_ current: FactorDerivatives) -> [Double] {
    let eigen = SymmetricEigen(current.profiledHessian)
    let floor = 1e-10 * (eigen.values.map(\.magnitude).max() ?? 0)
    var step = [Double](repeating: 0, count: current.gradient.count)
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      let weight = -dot(vector, current.gradient) / max(value.magnitude, floor, 1e-300)
      for index in step.indices { step[index] += weight * vector[index] }
    }
    let factor = current.derivatives.point.factor
    let limit = 1 + 2 * current.elements.reduce(0) { max($0, factor[$1.0, $1.1].magnitude) }
    let longest = step.map(\.magnitude).max() ?? 0
    return longest > limit ? step.map { $0 * limit / longest } : step
  }

  private func shortened(
    _ step: [Double], from current: FactorDerivatives, _ decrement: Double
  ) -> CriterionPoint? {
    let start = current.derivatives.point
    let noise = 1e-13 * (1 + start.deviance.magnitude)
    var share = 1.0
    for _ in 0..<50 {
      var factor = start.factor
      for (index, (row, column)) in current.elements.enumerated() {
        factor[row, column] += share * step[index]
      }
      if let next = point(factor),
        next.deviance <= start.deviance - 1e-4 * share * decrement + noise
      {
        return next
      }
      share /= 2
    }
    return nil
  }
}
