internal import Glibc
import Statistics

/// The largest of up to four correlated standard normal variables, or of their absolute values.
///
/// With correlations t R the probability that any passes the bound is known at t = 0 and changes with
/// *t* by Plackett's identity: for each pair, r_ij times the pair's density at the corners of the bound,
/// times the probability that the others keep within it given the corner. Integrated over *t* from 0 to
/// 1 by Gauss and Legendre's rule, denser toward 1, where the density may have a root's singularity.
/// Terms are of the size of the tail itself, so small probabilities keep their digits: about 10⁻¹⁰ of
/// their size, 10⁻⁷ where two variables are nearly the same.
///
/// ## References
///
/// - Plackett RL (1954). A reduction formula for normal multivariate integrals. *Biometrika*
///   41:351–360.
/// - Genz A, Bretz F (2009). *Computation of Multivariate Normal and t Probabilities*. Springer,
///   section 2.1.
struct NormalMaximum: Sendable {
  static let maximumVariables = 4

  let correlation: SymmetricMatrix
  let isTwoSided: Bool

  /// Variables that repeat an earlier one are left out.
  init(correlation: SymmetricMatrix, isTwoSided: Bool) {
    let distinct = (0..<correlation.size).filter { row in
      (0..<row).allSatisfy { correlation[row, $0] < 1 - 1e-12 }
    }
    self.correlation = correlation.minor(distinct)
    self.isTwoSided = isTwoSided
  }

  /// Pr(max Z ≥ `bound`), of absolute values where two-sided.
  func upperTail(_ bound: Double) -> Double {
    guard !isTwoSided || bound > 0 else { return 1 }
    let single = (isTwoSided ? 2 : 1) * normalUpperTail(bound)
    let independent = -expm1(Double(correlation.size) * log1p(-single))
    var shared = 0.0
    for panel in 0..<4 {
      shared += LegendreRule.sixtyPoints.unitIntegral { node in
        // t = 1 − s⁴ takes a root's singularity at t = 1 off.
        let s = (Double(panel) + node) / 4
        return s * s * s * slope(1 - s * s * s * s, bound)
      }
    }
    return min(1, max(single, independent - shared))
  }

  /// The change of Pr(all within the bound) with *t*.
  private func slope(_ t: Double, _ bound: Double) -> Double {
    var sum = 0.0
    for first in 0..<correlation.size {
      for second in 0..<first {
        let r = correlation[first, second]
        guard r != 0 else { continue }
        sum += r * corner(first, second, bound, bound, t)
        if isTwoSided {
          // By symmetry the corner opposite counts the same.
          sum += r * corner(first, second, bound, bound, t)
          sum -= 2 * r * corner(first, second, bound, -bound, t)
        }
      }
    }
    return sum
  }

  /// The pair's density at (x, y) times the probability that the others keep within the bound.
  private func corner(_ i: Int, _ j: Int, _ x: Double, _ y: Double, _ t: Double) -> Double {
    let r = t * correlation[i, j]
    let left = (1 - r) * (1 + r)
    let density = exp(-(x * x - 2 * r * x * y + y * y) / (2 * left)) / (2 * .pi * left.squareRoot())
    guard density > 0 else { return 0 }
    return density * within(Conditioned(self, i, j, x, y, t), max(x.magnitude, y.magnitude), x)
  }

  private func within(_ others: Conditioned, _ size: Double, _ x: Double) -> Double {
    let bound = isTwoSided ? size : x
    let limits = others.means.indices.map { index in
      (
        isTwoSided ? (-bound - others.means[index]) / others.deviations[index] : -.infinity,
        (bound - others.means[index]) / others.deviations[index]
      )
    }
    switch limits.count {
    case 0: return 1
    case 1: return normalLowerTail(limits[0].1) - normalLowerTail(limits[0].0)
    default: return others.normal.rectangle(limits[0], limits[1])
    }
  }
}

/// The variables other than a pair, given the pair's values.
private struct Conditioned {
  let means: [Double]
  let deviations: [Double]
  /// The two, where there are two.
  let normal: BivariateNormal

  init(_ whole: NormalMaximum, _ i: Int, _ j: Int, _ x: Double, _ y: Double, _ t: Double) {
    let matrix = whole.correlation
    let r = t * matrix[i, j]
    let left = (1 - r) * (1 + r)
    let others = (0..<matrix.size).filter { $0 != i && $0 != j }
    let loads = others.map { other -> (Double, Double) in
      let (a, b) = (t * matrix[other, i], t * matrix[other, j])
      return ((a - r * b) / left, (b - r * a) / left)
    }
    means = loads.map { $0.0 * x + $0.1 * y }
    let covariance = { (p: Int, q: Int) -> Double in
      let own = p == q ? 1 : t * matrix[others[p], others[q]]
      return own - loads[p].0 * t * matrix[others[q], i] - loads[p].1 * t * matrix[others[q], j]
    }
    // Not below rounding: where nothing is left to vary the others are where they are.
    let variances = others.indices.map { max(covariance($0, $0), 1e-30) }
    deviations = variances.map { $0.squareRoot() }
    guard others.count == 2 else {
      normal = BivariateNormal(clamping: 0)
      return
    }
    normal = BivariateNormal(clamping: covariance(0, 1) / (deviations[0] * deviations[1]))
  }
}
