import TumorDynamics

/// The forecast under other assumptions than those asked for, each changed alone.
struct Sweep: Sendable {
  struct Row: Sendable {
    let assumption: String
    let value: String
    let probabilityOfNoEffect: Double
    let rate: ForecastDistribution
    let meanGain, meanHazardRatio: Double
  }

  static let heterogeneities = [0, 0.3, 0.6]
  static let noEffects = [0.25, 0.5, 0.75]
  /// What prior medians are divided and multiplied by.
  static let priorFactor = 2.0

  let rows: [Row]

  init(_ prediction: DynamicsPrediction, _ evidence: AgentEvidence) throws(TumorDynamicsError) {
    var rows = [try Self.row("as asked", "", prediction)]
    for noEffect in Self.noEffects where noEffect != prediction.settings.noEffect {
      let prior = evidence.agent.effectPrior(noEffect: noEffect)
      rows.append(
        try Self.row(
          "prior probability of no effect", shortNumber(noEffect), prediction,
          effect: evidence.effect(prior: try prior.grid())))
    }
    for factor in [1 / Self.priorFactor, Self.priorFactor] {
      var prior = evidence.agent.effectPrior(noEffect: prediction.settings.noEffect)
      prior.medianPerDay *= factor
      rows.append(
        try Self.row(
          "prior median of the effect, 1/d", significant(prior.medianPerDay), prediction,
          effect: evidence.effect(prior: try prior.grid())))
    }
    for heterogeneity in Self.heterogeneities
    where heterogeneity != prediction.settings.heterogeneity {
      rows.append(
        try Self.row(
          "heterogeneity between diseases", shortNumber(heterogeneity), prediction,
          heterogeneity: heterogeneity))
    }
    rows += try Self.doseResponses(prediction, evidence) + Self.controls(prediction)
    self.rows = rows
  }

  /// The steepest and the flattest dose response, as if it were known.
  private static func doseResponses(
    _ prediction: DynamicsPrediction, _ evidence: AgentEvidence
  ) throws(TumorDynamicsError) -> [Row] {
    let unit = evidence.agent.drug.unit.rawValue
    return try [0, DoseResponsePrior.points - 1].map { place throws(TumorDynamicsError) in
      try row(
        "half of the effect at, \(unit)", significant(evidence.dose.halfDoses[place]),
        prediction, effect: ImmuneEffect(prediction.effect.parts[place].grid),
        strengths: [prediction.strengths[place]])
    }
  }

  /// Every primary control of the backbone, as if it were the only one.
  private static func controls(
    _ prediction: DynamicsPrediction
  ) throws(TumorDynamicsError) -> [Row] {
    let names = prediction.backboneControls.uniqued
    guard names.count > 1 else { return [] }
    return try names.map { name throws(TumorDynamicsError) in
      try row(
        "control of the backbone", name, prediction,
        simulation: prediction.simulation.only { prediction.backboneControls[$0] == name })
    }
  }

  private static func row(
    _ assumption: String, _ value: String, _ prediction: DynamicsPrediction,
    effect: ImmuneEffect? = nil, strengths: [Double]? = nil, heterogeneity: Double? = nil,
    simulation: ForecastSimulation? = nil
  ) throws(TumorDynamicsError) -> Row {
    let effect = effect ?? prediction.effect
    let forecast = try CombinationForecast(
      simulation ?? prediction.simulation, effect: effect,
      strengths: strengths ?? prediction.strengths,
      heterogeneity: heterogeneity ?? prediction.settings.heterogeneity)
    return Row(
      assumption: assumption, value: value, probabilityOfNoEffect: effect.probabilityOfNoEffect,
      rate: forecast.responseRate, meanGain: forecast.meanGain,
      meanHazardRatio: forecast.meanHazardRatio)
  }
}
