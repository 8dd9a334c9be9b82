import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The result of a regimen's own command at the level of tumor dynamics.
struct DynamicsReport: Sendable {
  let prediction: DynamicsPrediction
  /// Nothing without an agent.
  let sweep: Sweep?

  init(_ prediction: DynamicsPrediction) throws {
    self.prediction = prediction
    sweep = try prediction.evidence.map { try Sweep(prediction, $0) }
  }

  var treatment: Treatment { prediction.treatment }
  var settings: DynamicsSettings { prediction.settings }

  /// Adds to what the level of response rates has written.
  func write(into document: inout ResultDocument) {
    document.primary = .init(
      interval: "posterior", test: nil,
      text: [document.primary?.text, summary].compactMap(\.self).joined(separator: " "))
    document.estimates += estimates
    document.tables += tables
    document.figures.append(DynamicsFigure(report: self).figure)
    document.methods += DynamicsMethods(report: self).methods
    let notes = document.notes + DynamicsNotes(report: self).notes
    document.notes = [.warning, .caution, .info].flatMap { severity in
      notes.filter { $0.severity == severity }
    }
    document.citations = (document.citations + Self.citations).uniqued
  }

  /// In one sentence what was found.
  private var summary: String {
    let rate = range(prediction.forecast.responseRate)
    let alone =
      "\(treatment.regimen.title) by tumor dynamics: \(range(prediction.control.responseRate))"
    guard let agent = treatment.agent, let evidence = prediction.evidence else {
      return "\(alone) predicted to respond."
    }
    let trials = evidence.trials.map(\.evidence.trial)
    let basis =
      trials.isEmpty
      ? "no trial could be weighed, so that this is its prior"
      : "given \(sentenceList(trials))"
    return "\(alone) predicted to respond, with \(agent.declared.title) \(agent.doseText) \(rate);"
      + " probability that it has no effect \(decimal(prediction.effect.probabilityOfNoEffect, places: 2)),"
      + " \(basis)."
  }

  /// `38.1 % (95 % 30.2 to 47.0)`.
  func range(_ distribution: ForecastDistribution) -> String {
    let (lower, upper) = distribution.interval(level: settings.level)
    return "\(percent(distribution.mean)) (\(shortPercent(settings.level)) credible"
      + " \(points(lower)) to \(points(upper)))"
  }

  static let citations = [
    "Claret L et al. (2009). Model-based prediction of phase III overall survival in colorectal cancer"
      + " on the basis of phase II tumor dynamics. J Clin Oncol 27:4103–4108.",
    "Jacqmin P et al. (2007). Modelling response time profiles in the absence of drug concentrations."
      + " J Pharmacokinet Pharmacodyn 34:57–85.",
    "Prentice RL, Gloeckler LA (1978). Regression analysis of grouped survival data. Biometrics"
      + " 34:57–67.",
  ]
}

extension DynamicsReport {
  private var estimates: [ResultDocument.Estimate] {
    let (forecast, control) = (prediction.forecast, prediction.control)
    let alone =
      [estimate("dynamics-control-rate", "Backbone alone", control.responseRate)]
      + [control.shrinkingShare].compactMap(\.self).map {
        estimate("control-late-regression", "Still shrinking late, alone", $0)
      }
    guard treatment.agent != nil else { return alone }
    return alone + [
      .init(
        name: "no-effect", label: "Probability of no effect",
        value: prediction.effect.probabilityOfNoEffect, unit: "proportion"),
      estimate("dynamics-rate", "Combination", forecast.responseRate),
      estimate("dynamics-gain", "Gain in response", forecast.responseGain),
      estimate(
        "dynamics-hazard-ratio", "Hazard ratio of progression", forecast.hazardRatio, unit: nil),
      .init(
        name: "chance-above-control", label: "Trial sees more than control's rate",
        value: forecast.chanceAboveControl, unit: "proportion"),
    ]
      + [forecast.shrinkingShare].compactMap(\.self).map {
        estimate("late-regression", "Still shrinking late", $0)
      }
  }

  private func estimate(
    _ name: String, _ label: String, _ distribution: ForecastDistribution,
    unit: String? = "proportion"
  ) -> ResultDocument.Estimate {
    let (lower, upper) = distribution.interval(level: settings.level)
    return .init(
      name: name, label: label, value: distribution.mean, unit: unit,
      interval: .init(method: "posterior", level: settings.level, lower: lower, upper: upper))
  }
}
