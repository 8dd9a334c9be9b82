/// Cox's proportional hazards regression.
///
/// The hazard is h₀(t) exp(β · x), h₀ any function of time, its own in each stratum. β is where the
/// partial likelihood of the order of events is largest, and its covariance is the inverse of the
/// curvature there.
///
/// ## References
///
/// - Cox DR (1972). Regression models and life-tables. *J R Stat Soc B* 34:187–220.
/// - Therneau TM, Grambsch PM (2000). *Modeling Survival Data*. Springer, chapter 3.
public struct CoxModel: Sendable {
  /// The most columns of covariates a model takes.
  public static let maximumColumns = 200

  public let ties: CoxTies
  public let coefficients: [CoxCoefficient]
  /// Of the coefficients' estimates.
  public let covariance: [[Double]]
  /// The log partial likelihood with all coefficients 0.
  public let nullLogLikelihood: Double
  public let logLikelihood: Double
  /// That all coefficients are 0, by twice the difference of the two log likelihoods.
  public let likelihoodRatioTest: ChiSquareTest
  /// That all coefficients are 0, by the estimates and their covariance.
  public let waldTest: ChiSquareTest
  /// That all coefficients are 0, by the slope of the log likelihood there; of one group against
  /// another and without ties it is the log-rank test.
  public let scoreTest: ChiSquareTest
  public let subjects: Int
  public let events: Int
  /// How many Newton steps it took.
  public let steps: Int
  let sample: EventTimes
  /// The names of the covariates, as they came.
  let termNames: [String]
  let design: CoxDesign
  let fit: CoxFit

  /// - Throws: ``TimeToEventError/noEvents``, ``TimeToEventError/noCovariates``,
  ///   ``TimeToEventError/tooManyColumns(_:limit:)``,
  ///   ``TimeToEventError/unequalColumn(_:values:subjects:)``,
  ///   ``TimeToEventError/constantColumn(_:)``, ``TimeToEventError/dependentColumn(_:)``,
  ///   ``TimeToEventError/infiniteCoefficient(_:rises:)`` where the likelihood has no maximum,
  ///   ``TimeToEventError/tooManyTies(events:atRisk:)`` from exact ties,
  ///   ``TimeToEventError/coxDidNotConverge(iterations:)``.
  /// - Complexity: O(*n p*²) a step, for *p* columns, and a sort; with exact ties O(*n p*² Σ *d*).
  public init(
    _ sample: EventTimes, _ covariates: [Covariate], strata: Grouping? = nil,
    ties: CoxTies = .efron
  ) throws(TimeToEventError) {
    let design = try CoxDesign(sample, covariates, strata: strata)
    let fit = try CoxFit(design, ties)
    let curvature = Elimination(fit.fitted.information)
    let inverse = curvature.inverse
    let scales = design.scales
    self.ties = ties
    self.sample = sample
    termNames = covariates.map(\.name)
    self.design = design
    self.fit = fit
    covariance = scales.indices.map { row in
      scales.indices.map { inverse[row, $0] / (scales[row] * scales[$0]) }
    }
    coefficients = scales.indices.map { index in
      CoxCoefficient(
        name: design.names[index], estimate: fit.coefficients[index] / scales[index],
        standardError: inverse[index, index].squareRoot() / scales[index])
    }
    (nullLogLikelihood, logLikelihood) = (fit.null.logLikelihood, fit.fitted.logLikelihood)
    let columns = design.columns
    likelihoodRatioTest = ChiSquareTest(
      statistic: 2 * (fit.fitted.logLikelihood - fit.null.logLikelihood),
      degreesOfFreedom: columns)
    waldTest = ChiSquareTest(
      statistic: fit.fitted.information.product(fit.coefficients, fit.coefficients),
      degreesOfFreedom: columns)
    scoreTest = ChiSquareTest(
      statistic: Elimination(fit.null.information).quadraticForm(fit.null.score),
      degreesOfFreedom: columns)
    (subjects, events, steps) = (design.subjects, design.events, fit.steps)
  }
}
