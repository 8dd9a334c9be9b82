extension LinearMixedModel {
  /// The combination Σ ℓⱼ βⱼ, with Satterthwaite's degrees of freedom.
  ///
  /// They are 2 c² / var(c) for the variance c of the estimate, var(c) following from the second
  /// derivatives of the deviance by all variance parameters, as in R's lmerTest and, by another
  /// route to the same number, SAS's `DDFM=SATTERTHWAITE`.
  ///
  /// ## References
  ///
  /// - Satterthwaite FE (1946). An approximate distribution of estimates of variance components.
  ///   *Biometrics Bulletin* 2:110–114.
  /// - Giesbrecht FG, Burns JC (1985). Two-stage analysis based on a mixed model. *Biometrics*
  ///   41:477–486.
  /// - Kuznetsova A, Brockhoff PB, Christensen RHB (2017). lmerTest package: tests in linear mixed
  ///   effects models. *J Stat Softw* 82(13), section 2.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`,
  ///   ``StatisticsError/unusableContrast(_:coefficients:)`` for weights that are not one for each
  ///   coefficient, not finite, or all 0.
  public func contrast(
    _ weights: [Double], level: Double = 0.95
  ) throws(StatisticsError) -> ContrastEstimate {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    try check(weights)
    let (variance, freedom) = variance(of: weights)
    return ContrastEstimate(
      estimate: dot(weights, coefficients), standardError: variance.squareRoot(),
      degreesOfFreedom: freedom, level: level)
  }

  /// One coefficient by its name, with Satterthwaite's degrees of freedom; nil when there is none
  /// of that name.
  public func coefficient(
    _ name: String, level: Double = 0.95
  ) throws(StatisticsError) -> ContrastEstimate? {
    guard let index = fixedNames.firstIndex(of: name) else { return nil }
    return try contrast(fixedNames.indices.map { $0 == index ? 1 : 0 }, level: level)
  }

  /// The *F* test that several independent combinations are all 0.
  ///
  /// The combinations are turned into uncorrelated ones along the eigenvectors of their covariance,
  /// each with Satterthwaite's degrees of freedom νᵢ, and the denominator's are 2 E / (E − q), with
  /// E = Σ νᵢ / (νᵢ − 2) over all νᵢ > 2. As in lmerTest and SAS they depend on how the
  /// combinations are written, while *F* does not.
  ///
  /// ## References
  ///
  /// - Fai AHT, Cornelius PL (1996). Approximate F-tests of multiple degree of freedom hypotheses
  ///   in generalized least squares analyses of unbalanced split-plot experiments. *J Stat Comput
  ///   Simul* 54:363–378.
  ///
  /// - Throws: ``StatisticsError/unusableContrast(_:coefficients:)``; for combinations that depend
  ///   on each other it carries the last one.
  public func test(_ contrasts: [[Double]]) throws(StatisticsError) -> JointContrastTest {
    for weights in contrasts { try check(weights) }
    guard areIndependent(contrasts) else {
      throw .unusableContrast(contrasts.last ?? [], coefficients: coefficients.count)
    }
    var (sum, freedoms) = (0.0, [Double]())
    for vector in SymmetricEigen(contrastCovariance(contrasts)).vectors {
      let weights = coefficients.indices.map { column in
        contrasts.indices.reduce(0) { $0 + vector[$1] * contrasts[$1][column] }
      }
      let (variance, freedom) = variance(of: weights)
      let estimate = dot(weights, coefficients)
      sum += estimate * estimate / variance
      freedoms.append(freedom)
    }
    return Self.joint(sum / Double(contrasts.count), freedoms)
  }

  private static func joint(_ statistic: Double, _ freedoms: [Double]) -> JointContrastTest {
    let count = freedoms.count
    let moment = freedoms.reduce(0) { $1 > 2 ? $0 + $1 / ($1 - 2) : $0 }
    let isAlike = freedoms.allSatisfy { ($0 - freedoms[0]).magnitude < 1e-8 }
    let denominator =
      isAlike
      ? freedoms[0]
      : moment > Double(count) ? 2 * moment / (moment - Double(count)) : 2
    return JointContrastTest(
      statistic: statistic, numeratorDegreesOfFreedom: count,
      denominatorDegreesOfFreedom: denominator,
      pValue: fisherUpperTail(statistic, Double(count), denominator))
  }

  /// Σᵢⱼ aᵢ cov(βᵢ, βⱼ) bⱼ.
  private func form(_ a: [Double], _ b: [Double]) -> Double {
    a.indices.reduce(0) { $0 + a[$1] * dot(covariance[$1], b) }
  }

  private func contrastCovariance(_ contrasts: [[Double]]) -> Matrix {
    var result = Matrix(rows: contrasts.count, columns: contrasts.count)
    for i in contrasts.indices {
      for j in contrasts.indices { result[i, j] = form(contrasts[i], contrasts[j]) }
    }
    return result
  }

  /// Whether no combination of the contrasts is known without error.
  private func areIndependent(_ contrasts: [[Double]]) -> Bool {
    let covariance = contrastCovariance(contrasts)
    var correlation = covariance
    for i in contrasts.indices {
      for j in contrasts.indices {
        correlation[i, j] /= (covariance[i, i] * covariance[j, j]).squareRoot()
      }
    }
    return (SymmetricEigen(correlation).values.min() ?? 0) > 1e-10
  }

  private func check(_ weights: [Double]) throws(StatisticsError) {
    let isUsable =
      weights.count == coefficients.count && weights.allSatisfy(\.isFinite)
      && weights.contains { $0 != 0 }
    guard isUsable else {
      throw .unusableContrast(weights, coefficients: coefficients.count)
    }
  }

  /// The variance of a combination of coefficients, and Satterthwaite's degrees of freedom.
  private func variance(of weights: [Double]) -> (Double, degreesOfFreedom: Double) {
    let design = minimum.point.design
    let (variance, slope) = minimum.derivatives.variance(
      of: design.fixed.triangle.solvingUpperTransposed(weights))
    let solved = SymmetricEigen(minimum.derivatives.hessian).pseudoSolve(slope, tolerance: 1e-12)
    // The covariance of the variance parameters is twice the inverse of the deviance's Hessian.
    let freedom = variance * variance / dot(slope, solved)
    return (variance * design.scale * design.scale, freedom)
  }
}
