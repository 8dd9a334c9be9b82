internal import Glibc

/// Which likelihood a mixed model maximizes.
///
/// Raw values are the names used in commands and results.
public enum LikelihoodCriterion: String, Sendable, Hashable, Codable, CaseIterable {
  /// That of the residuals (REML), for estimates and tests of one model.
  ///
  /// ## References
  ///
  /// - Patterson HD, Thompson R (1971). Recovery of inter-block information when block sizes are
  ///   unequal. *Biometrika* 58:545–554.
  case restricted = "reml"
  /// That of the response (ML), for comparing models with other fixed effects.
  case full = "ml"
}

/// The profiled deviance of a mixed model at one covariance of its random effects.
///
/// The covariance is σ² Λ Λᵀ. Fixed effects and σ² take their likeliest values, so the deviance
/// depends on Λ alone:
/// log |V| + log |Xᵀ V⁻¹ X| + ν log r², with V = I + Z Λ Λᵀ Zᵀ, r² the weighted sum of squared
/// residuals, and ν = *n* − *p* (restricted; the second term falls away and ν = *n* otherwise).
///
/// ## References
///
/// - Bates D, Mächler M, Bolker B, Walker S (2015). Fitting linear mixed-effects models using lme4.
///   *J Stat Softw* 67(1), section 3.
struct CriterionPoint: Sendable {
  let design: ReducedDesign
  let criterion: LikelihoodCriterion
  /// Λ, lower triangular.
  let factor: Matrix
  let deviance: Double
  /// Xᵀ V⁻¹ X.
  let information: Cholesky
  /// On the orthogonal columns, less the ordinary regression's.
  let coefficients: [Double]
  /// r².
  let residualSquares: Double
  /// Each subject's Zᵀ V⁻¹ Z, Zᵀ V⁻¹ X and Zᵀ V⁻¹ y, row by row.
  let products: [Double]

  /// ν.
  var degreesOfFreedom: Double {
    Double(design.observations - (criterion == .restricted ? design.fixedCount : 0))
  }

  /// σ².
  var residualVariance: Double { residualSquares / degreesOfFreedom }

  /// Nil where rounding leaves no positive definite matrix.
  init?(_ design: ReducedDesign, _ criterion: LikelihoodCriterion, factor: Matrix) {
    var sums = WhitenedSums(design)
    guard let logDeterminant = sums.add(design, factor: factor),
      let information = Cholesky(sums.information)
    else { return nil }
    self.design = design
    self.criterion = criterion
    self.factor = factor
    self.information = information
    products = sums.products
    coefficients = information.solve(sums.right)
    residualSquares = sums.square - dot(coefficients, sums.right)
    guard residualSquares > 0 else { return nil }
    let number = design.observations
    deviance =
      criterion == .restricted
      ? logDeterminant + information.logDeterminant
        + Double(number - design.fixedCount) * log(residualSquares)
      : logDeterminant + Double(number) * log(residualSquares)
  }

  /// −2 log L, with every constant, for the data as they were.
  var fullDeviance: Double {
    let nu = degreesOfFreedom
    let scale = design.scale * design.scale
    let rest = nu * (1 + log(2 * .pi * scale / nu))
    guard criterion == .restricted else { return deviance + rest }
    let triangle = design.fixed.triangle
    return deviance + rest
      + (0..<design.fixedCount).reduce(0) { $0 + 2 * log(triangle[$1, $1]) }
  }
}

/// Sums over subjects of products that are weighted by V⁻¹.
private struct WhitenedSums {
  var information: Matrix
  var right: [Double]
  var square: Double
  var products: [Double] = []

  /// Starts with the rows that have no random effects.
  init(_ design: ReducedDesign) {
    let count = design.fixedCount
    information = Matrix(rows: count, columns: count)
    for i in 0..<count {
      for j in 0..<count { information[i, j] = design.remainder[max(i, j), min(i, j)] }
    }
    right = (0..<count).map { design.remainder[count, $0] }
    square = design.remainder[count, count]
  }

  /// Adds every subject; returns log |V|.
  mutating func add(_ design: ReducedDesign, factor: Matrix) -> Double? {
    let (q, width) = (design.randomCount, design.width)
    products.reserveCapacity(design.heights.count * q * width)
    var logDeterminant = 0.0
    var start = 0
    for height in design.heights {
      var rows = Array(design.rows[start..<start + height * width])
      start += height * width
      guard let part = Self.whiten(&rows, height, width, factor) else { return nil }
      logDeterminant += part
      add(rows, height, q, width)
    }
    return logDeterminant
  }

  /// Turns rows r into C⁻¹ r, with C Cᵀ = I + R Λ (R Λ)ᵀ for their random part R.
  private static func whiten(
    _ rows: inout [Double], _ height: Int, _ width: Int, _ factor: Matrix
  ) -> Double? {
    let q = factor.rows
    var weighted = Matrix(rows: height, columns: q)
    for i in 0..<height {
      for j in 0..<q {
        for k in j..<q { weighted[i, j] += rows[i * width + k] * factor[k, j] }
      }
    }
    var variance = Matrix(diagonal: 1, size: height)
    for i in 0..<height {
      for j in 0...i {
        for k in 0..<q { variance[i, j] += weighted[i, k] * weighted[j, k] }
      }
    }
    guard let root = Cholesky(variance) else { return nil }
    for i in 0..<height {
      for j in 0..<i {
        for column in 0..<width {
          rows[i * width + column] -= root.factor[i, j] * rows[j * width + column]
        }
      }
      for column in 0..<width { rows[i * width + column] /= root.factor[i, i] }
    }
    return root.logDeterminant
  }

  private mutating func add(_ rows: [Double], _ height: Int, _ q: Int, _ width: Int) {
    let count = width - q - 1
    var subject = [Double](repeating: 0, count: q * width)
    for row in 0..<height {
      let start = row * width
      for i in 0..<q {
        for j in 0..<width { subject[i * width + j] += rows[start + i] * rows[start + j] }
      }
      let last = rows[start + width - 1]
      for i in 0..<count {
        for j in 0..<count { information[i, j] += rows[start + q + i] * rows[start + q + j] }
        right[i] += rows[start + q + i] * last
      }
      square += last * last
    }
    products.append(contentsOf: subject)
  }
}
