/// First and second derivatives of a mixed model's deviance.
///
/// They are taken for D = Λ Λᵀ, in which V is linear, and carried over to Λ. With σ² free beside D
/// the deviance is ν log σ² + log |V| + log |Xᵀ V⁻¹ X| + r² / σ²; `hessian` is that one's, at the
/// likeliest σ², and `cross` its mixed derivative with log σ².
///
/// ## References
///
/// - Searle SR, Casella G, McCulloch CE (1992). *Variance Components*. Wiley, sections 6.6 and 6.7.
struct CriterionDerivatives: Sendable {
  let point: CriterionPoint
  /// The pairs i ≤ j of random effects, in the order of every vector over the elements of D.
  let pairs: [(Int, Int)]
  /// Γ, with d deviance = tr(Γ dD).
  private(set) var slope: Matrix
  /// By pairs.
  private(set) var hessian: Matrix
  private(set) var cross: [Double]
  /// By pairs, − d(Xᵀ V⁻¹ X).
  private(set) var informationSlopes: [Matrix]
  /// ½ d² of the expected deviance: the information on D, and with log σ² in the last place.
  private(set) var expected: Matrix

  init(_ point: CriterionPoint) {
    self.point = point
    let (q, p) = (point.design.randomCount, point.design.fixedCount)
    pairs = (0..<q).flatMap { i in (i..<q).map { (i, $0) } }
    slope = Matrix(rows: q, columns: q)
    hessian = Matrix(rows: pairs.count, columns: pairs.count)
    expected = Matrix(rows: pairs.count + 1, columns: pairs.count + 1)
    informationSlopes = pairs.map { _ in Matrix(rows: p, columns: p) }
    cross = pairs.map { _ in 0 }
    var sums = SubjectSums(point)
    sums.addSubjects()
    finish(sums)
  }

  private mutating func finish(_ sums: SubjectSums) {
    let q = slope.rows
    let variance = point.residualVariance
    let isRestricted = point.criterion == .restricted
    for i in 0..<q {
      for j in 0..<q {
        slope[i, j] =
          sums.s[i, j] - (isRestricted ? sums.k[i, j] : 0) - sums.w[i, j] / variance
      }
    }
    for (index, (i, j)) in pairs.enumerated() {
      informationSlopes[index] = sums.informationSlope(i, j)
      cross[index] = (i == j ? 1 : 2) * sums.w[i, j] / variance
    }
    let inverse = point.information.inverse
    let turned = informationSlopes.map { inverse * $0 }
    let carried = pairs.map { sums.residualSlope($0.0, $0.1) }
    for (a, first) in pairs.enumerated() {
      for (b, second) in pairs.enumerated() {
        let whole = sums.trace(sums.ss, first, second)
        let between = trace(turned[a], turned[b])
        let fixed = -2 * sums.trace(sums.ks, first, second) + between
        let residual =
          sums.trace(sums.ws, first, second) - inverse.form(carried[a], carried[b])
        hessian[a, b] = -whole - (isRestricted ? fixed : 0) + 2 * residual / variance
        expected[a, b] = whole + fixed
      }
    }
    finishExpected(sums)
  }

  private mutating func finishExpected(_ sums: SubjectSums) {
    let last = pairs.count
    for (a, (i, j)) in pairs.enumerated() {
      expected[a, last] = (i == j ? 1 : 2) * (sums.s[i, j] - sums.k[i, j])
      expected[last, a] = expected[a, last]
    }
    expected[last, last] = Double(point.design.observations - point.design.fixedCount)
  }
}

/// tr(A B).
private func trace(_ a: Matrix, _ b: Matrix) -> Double {
  var sum = 0.0
  for i in 0..<a.rows {
    for j in 0..<a.columns { sum += a[i, j] * b[j, i] }
  }
  return sum
}

/// Sums over subjects of S = Zᵀ V⁻¹ Z, K = U A⁻¹ Uᵀ with U = Zᵀ V⁻¹ X and A = Xᵀ V⁻¹ X, and w wᵀ
/// with w = Zᵀ V⁻¹ (y − X β), and of their products with S.
private struct SubjectSums {
  let point: CriterionPoint
  var s, k, w: Matrix
  /// Σ S ⊗ S, Σ K ⊗ S, Σ w wᵀ ⊗ S.
  var ss, ks, ws: Matrix
  /// Σ U ⊗ U and Σ U ⊗ w.
  var uu, uw: Matrix

  init(_ point: CriterionPoint) {
    self.point = point
    let (q, p) = (point.design.randomCount, point.design.fixedCount)
    (s, k, w) = (
      Matrix(rows: q, columns: q), Matrix(rows: q, columns: q), Matrix(rows: q, columns: q)
    )
    ss = Matrix(rows: q * q, columns: q * q)
    (ks, ws) = (ss, ss)
    uu = Matrix(rows: q * p, columns: q * p)
    uw = Matrix(rows: q * p, columns: q)
  }

  mutating func addSubjects() {
    let (q, p, width) = (point.design.randomCount, point.design.fixedCount, point.design.width)
    let inverse = point.information.inverse
    var (own, u) = (Matrix(rows: q, columns: q), Matrix(rows: q, columns: p))
    for subject in 0..<point.design.heights.count {
      let start = subject * q * width
      var residual = [Double](repeating: 0, count: q)
      for i in 0..<q {
        let row = start + i * width
        for j in 0..<q { own[i, j] = point.products[row + j] }
        residual[i] = point.products[row + width - 1]
        for j in 0..<p {
          u[i, j] = point.products[row + q + j]
          residual[i] -= u[i, j] * point.coefficients[j]
        }
      }
      add(own, u, u * inverse * u.transposed, residual)
    }
  }

  private mutating func add(_ own: Matrix, _ u: Matrix, _ shared: Matrix, _ r: [Double]) {
    let (q, p) = (u.rows, u.columns)
    for i in 0..<q {
      for j in 0..<q {
        let square = r[i] * r[j]
        s[i, j] += own[i, j]
        k[i, j] += shared[i, j]
        w[i, j] += square
        for a in 0..<q {
          for b in 0..<q {
            ss[i * q + j, a * q + b] += own[i, j] * own[a, b]
            ks[i * q + j, a * q + b] += shared[i, j] * own[a, b]
            ws[i * q + j, a * q + b] += square * own[a, b]
          }
        }
      }
    }
    for i in 0..<q {
      for a in 0..<p {
        for j in 0..<q {
          uw[i * p + a, j] += u[i, a] * r[j]
          for b in 0..<p { uu[i * p + a, j * p + b] += u[i, a] * u[j, b] }
        }
      }
    }
  }

  /// Σ tr(M E N E′) for M ⊗ N summed and E, E′ the symmetric units of two pairs.
  func trace(_ product: Matrix, _ first: (Int, Int), _ second: (Int, Int)) -> Double {
    let q = s.rows
    var sum = 0.0
    for (i, j) in Self.ends(first) {
      for (k, l) in Self.ends(second) { sum += product[l * q + i, j * q + k] }
    }
    return sum
  }

  /// Σ Uᵀ E U.
  func informationSlope(_ first: Int, _ second: Int) -> Matrix {
    let p = point.design.fixedCount
    var result = Matrix(rows: p, columns: p)
    for (i, j) in Self.ends((first, second)) {
      for a in 0..<p {
        for b in 0..<p { result[a, b] += uu[i * p + a, j * p + b] }
      }
    }
    return result
  }

  /// Σ Uᵀ E w.
  func residualSlope(_ first: Int, _ second: Int) -> [Double] {
    let p = point.design.fixedCount
    return (0..<p).map { a in
      Self.ends((first, second)).reduce(0) { $0 + uw[$1.0 * p + a, $1.1] }
    }
  }

  private static func ends(_ pair: (Int, Int)) -> [(Int, Int)] {
    pair.0 == pair.1 ? [pair] : [pair, (pair.1, pair.0)]
  }
}
