internal import Glibc

/// A linear mixed model y = X β + Z u + e with normal random effects of unstructured covariance.
///
/// The random effects u of a subject have mean 0 and an unstructured covariance matrix, the errors e
/// one variance, and all are independent between subjects. Observations may be missing and
/// their times may differ between subjects; estimates are then right if values are missing at
/// random given what was observed.
///
/// Estimates are the maximum of the restricted (REML) or the full likelihood (ML), found by
/// Newton's method with exact derivatives until a further step would change nothing. They agree
/// with R's lme4 and nlme and with SAS PROC MIXED (`TYPE=UN`).
///
/// ## References
///
/// - Laird NM, Ware JH (1982). Random-effects models for longitudinal data. *Biometrics*
///   38:963–974.
/// - Bates D, Mächler M, Bolker B, Walker S (2015). Fitting linear mixed-effects models using lme4.
///   *J Stat Softw* 67(1):1–48.
public struct LinearMixedModel: Sendable {
  public let criterion: LikelihoodCriterion
  public let observations: Int
  public let subjects: Int
  public let fixedNames: [String]
  public let randomNames: [String]
  /// β, in the order of the fixed columns.
  public let coefficients: [Double]
  /// The covariance of the estimates of β.
  public let covariance: [[Double]]
  /// The covariance of the random effects, in the order of their columns.
  public let randomCovariance: [[Double]]
  /// The variance of e.
  public let residualVariance: Double
  /// The logarithm of the likelihood maximized, with all its constants.
  public let logLikelihood: Double
  /// Whether some combination of random effects is estimated not to vary at all: its standard
  /// deviation is less than 10⁻⁴ of the residual one, columns being scaled to mean square 1.
  ///
  /// The data then support fewer random effects than the model has; standard errors take the
  /// missing variance as known to be 0.
  public let isSingular: Bool
  public let iterations: Int
  /// The largest derivative of the deviance by an element of the relative Cholesky factor, of
  /// orthogonal random columns, at the estimate.
  public let gradient: Double
  let minimum: DevianceMinimizer.Minimum

  public var standardErrors: [Double] {
    covariance.indices.map { covariance[$0][$0].squareRoot() }
  }

  /// The standard deviations of the random effects.
  public var randomDeviations: [Double] {
    randomCovariance.indices.map { max(0, randomCovariance[$0][$0]).squareRoot() }
  }

  /// −2 log L.
  public var deviance: Double { -2 * logLikelihood }

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - response: y.
  ///   - fixed: the columns of X, an intercept among them where one is wanted.
  ///   - random: the columns of Z; without any the model is an ordinary regression.
  ///   - subjects: to whom each observation belongs.
  ///   - criterion: the likelihood to maximize.
  /// - Throws: ``StatisticsError/unequalColumn(_:values:observations:)``,
  ///   ``StatisticsError/notFinite(_:)``,
  ///   ``StatisticsError/tooFewObservations(_:coefficients:)``,
  ///   ``StatisticsError/dependentColumn(_:)``, ``StatisticsError/noResidualVariation``,
  ///   ``StatisticsError/covarianceNotIdentifiable(effects:observations:subjects:)``,
  ///   ``StatisticsError/didNotConverge(iterations:gradient:)``.
  public init(
    _ response: [Double], fixed: [DesignColumn], random: [DesignColumn],
    subjects: [some Hashable], criterion: LikelihoodCriterion = .restricted
  ) throws(StatisticsError) {
    try Self.check(response, fixed + random, subjects: subjects.count)
    guard response.count > fixed.count else {
      throw .tooFewObservations(response.count, coefficients: fixed.count)
    }
    let members = Self.members(subjects)
    let design = try ReducedDesign(response, fixed: fixed, random: random, members: members)
    try design.checkIdentifiability()
    minimum = try DevianceMinimizer(design: design, criterion: criterion).minimum()
    let point = minimum.point
    self.criterion = criterion
    observations = response.count
    self.subjects = members.count
    fixedNames = fixed.map(\.name)
    randomNames = random.map(\.name)
    coefficients = point.originalCoefficients
    covariance = point.originalCovariance
    randomCovariance = point.originalRandomCovariance
    residualVariance = point.residualVariance * design.scale * design.scale
    logLikelihood = -point.fullDeviance / 2
    isSingular = DevianceMinimizer.smallestDeviation(point) < 1e-4
    iterations = minimum.iterations
    gradient = minimum.derivatives.gradient.map(\.magnitude).max() ?? 0
  }

  private static func check(
    _ response: [Double], _ columns: [DesignColumn], subjects: Int
  ) throws(StatisticsError) {
    let all = columns + [DesignColumn("response", response)]
    for column in all {
      guard column.values.count == subjects else {
        throw .unequalColumn(
          column.name, values: column.values.count, observations: subjects)
      }
      for value in column.values where !value.isFinite { throw .notFinite(value) }
    }
  }

  /// The observations of each subject, in the order in which subjects first appear.
  private static func members<Subject: Hashable>(_ subjects: [Subject]) -> [[Int]] {
    var places: [Subject: Int] = [:]
    var members: [[Int]] = []
    for (index, subject) in subjects.enumerated() {
      if let place = places[subject] {
        members[place].append(index)
      } else {
        places[subject] = members.count
        members.append([index])
      }
    }
    return members
  }
}

extension ReducedDesign {
  /// Whether variances and covariances can be told apart at all, from the information on them that
  /// the design gives when every random effect varies.
  fileprivate func checkIdentifiability() throws(StatisticsError) {
    guard randomCount > 0 else { return }
    let factor = Matrix(diagonal: 1, size: randomCount)
    guard let point = CriterionPoint(self, .restricted, factor: factor) else { return }
    var information = CriterionDerivatives(point).expected
    let roots = (0..<information.rows).map { information[$0, $0].squareRoot() }
    let isPositive = roots.allSatisfy { $0 > 0 }
    for i in 0..<information.rows where isPositive {
      for j in 0..<information.rows { information[i, j] /= roots[i] * roots[j] }
    }
    let least = SymmetricEigen(information).values.min() ?? 0
    guard isPositive, least > 1e-9 else {
      throw .covarianceNotIdentifiable(
        effects: randomCount, observations: observations, subjects: heights.count)
    }
  }
}

extension CriterionPoint {
  /// β on the columns as they were given.
  fileprivate var originalCoefficients: [Double] {
    let sum = zip(design.regression, coefficients).map { $0 + design.scale * $1 }
    return design.fixed.triangle.solvingUpper(sum)
  }

  fileprivate var originalCovariance: [[Double]] {
    let size = design.fixedCount
    let units = (0..<size).map { row in
      design.fixed.triangle.solvingUpperTransposed((0..<size).map { $0 == row ? 1 : 0 })
    }
    let solved = units.map(information.solve)
    let variance = residualVariance * design.scale * design.scale
    return units.map { unit in solved.map { variance * dot(unit, $0) } }
  }

  fileprivate var originalRandomCovariance: [[Double]] {
    let size = design.randomCount
    let deviation = residualVariance.squareRoot() * design.scale
    // The rows of σ Λᵀ, each solved for the columns as they were given.
    let rows = (0..<size).map { column in
      design.random.triangle.solvingUpper((0..<size).map { deviation * factor[$0, column] })
    }
    return (0..<size).map { i in
      (0..<size).map { j in rows.reduce(0) { $0 + $1[i] * $1[j] } }
    }
  }
}
