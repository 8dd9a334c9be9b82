/// A mixed model of values that change at one rate up to a cut and at another after it.
///
/// y = (β₀ + u₀) + (β₁ + u₁) min(t, c) + (β₂ + u₂) max(t − c, 0) + e, with subjects' own
/// deviations u of unstructured covariance. For the logarithm of tumor size a negative late slope
/// β₂ says that tumors went on shrinking after the cut *c*, on average over the patients and in the
/// measurements there are; what became of patients who left is assumed to follow from what was
/// measured before.
///
/// Where the measurements cannot tell so many variances apart, the model falls back on fewer random
/// effects and ``omissions`` says so. An estimate on the boundary is kept and reported by
/// ``LinearMixedModel/isSingular``.
public struct PiecewiseLinearModel: Sendable {
  /// What varies between subjects.
  ///
  /// Raw values are the names used in commands and results.
  public enum RandomEffects: String, Sendable, Hashable, Codable, CaseIterable {
    case interceptAndSlopes = "intercept-and-slopes"
    /// Both slopes of a subject deviate by the same amount.
    case interceptAndCommonSlope = "intercept-and-common-slope"
    case intercept
  }

  /// Random effects that were tried and left out.
  public struct Omission: Sendable, Hashable {
    public let effects: RandomEffects
    public let reason: StatisticsError
  }

  public static let earlyName = "early slope"
  public static let lateName = "late slope"

  /// The time at which the slope may change.
  public let cut: Double
  public let randomEffects: RandomEffects
  public let omissions: [Omission]
  public let model: LinearMixedModel

  /// - Parameters:
  ///   - series: the values over time.
  ///   - cut: the time at which the slope may change.
  ///   - effects: the most that may vary between subjects.
  ///   - criterion: the likelihood to maximize; the full one to compare cuts.
  /// - Throws: ``StatisticsError/cutOutsideTimes(_:first:last:)`` unless there are times on both
  ///   sides of the cut, and what ``LinearMixedModel`` throws of its fixed effects or of the last
  ///   choice of random ones.
  public init(
    _ series: TimeSeries, cut: Double, randomEffects effects: RandomEffects = .interceptAndSlopes,
    criterion: LikelihoodCriterion = .restricted
  ) throws(StatisticsError) {
    guard let first = series.times.min(), let last = series.times.max() else {
      throw .tooFewObservations(0, coefficients: 3)
    }
    guard first < cut, cut < last else {
      throw .cutOutsideTimes(cut, first: first, last: last)
    }
    var omissions: [Omission] = []
    var effects = effects
    while true {
      do throws(StatisticsError) {
        model = try Self.fit(series, cut: cut, effects, criterion)
        break
      } catch {
        guard error.concernsRandomEffects, let fewer = effects.fewer else { throw error }
        omissions.append(Omission(effects: effects, reason: error))
        effects = fewer
      }
    }
    self.cut = cut
    randomEffects = effects
    self.omissions = omissions
  }

  private static func fit(
    _ series: TimeSeries, cut: Double, _ effects: RandomEffects, _ criterion: LikelihoodCriterion
  ) throws(StatisticsError) -> LinearMixedModel {
    let intercept = DesignColumn.intercept(series.times.count)
    let early = DesignColumn(earlyName, series.times.map { min($0, cut) })
    let late = DesignColumn(lateName, series.times.map { max($0 - cut, 0) })
    let random =
      switch effects {
      case .interceptAndSlopes: [intercept, early, late]
      case .interceptAndCommonSlope: [intercept, DesignColumn("slope", series.times)]
      case .intercept: [intercept]
      }
    return try LinearMixedModel(
      series.values, fixed: [intercept, early, late], random: random, subjects: series.subjects,
      criterion: criterion)
  }

  /// The change by unit of time before the cut, β₁.
  public func earlySlope(level: Double = 0.95) throws(StatisticsError) -> ContrastEstimate {
    try model.contrast([0, 1, 0], level: level)
  }

  /// The change by unit of time after the cut, β₂.
  public func lateSlope(level: Double = 0.95) throws(StatisticsError) -> ContrastEstimate {
    try model.contrast([0, 0, 1], level: level)
  }

  /// By how much the slope changes at the cut, β₂ − β₁.
  public func slopeChange(level: Double = 0.95) throws(StatisticsError) -> ContrastEstimate {
    try model.contrast([0, -1, 1], level: level)
  }
}

extension PiecewiseLinearModel.RandomEffects {
  /// The next smaller choice.
  var fewer: Self? {
    switch self {
    case .interceptAndSlopes: .interceptAndCommonSlope
    case .interceptAndCommonSlope: .intercept
    case .intercept: nil
    }
  }
}

extension StatisticsError {
  /// Whether fewer random effects might help.
  fileprivate var concernsRandomEffects: Bool {
    switch self {
    case .covarianceNotIdentifiable, .didNotConverge: true
    default: false
    }
  }
}
