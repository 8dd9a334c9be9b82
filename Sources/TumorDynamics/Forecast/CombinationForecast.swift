/// What a trial of a chemotherapy and an immune agent would show, given what is known of the effect.
///
/// The effect is extrapolated: from the trials it was fitted to, on to this chemotherapy, disease
/// and dose. Every point of the effect's grid is carried over with its probability, no effect
/// among them. Added kill can only help, so that the probability of a benefit is that of any
/// effect, by construction; what is worth reading is its size.
package struct CombinationForecast: Sendable {
  /// The true response rate of the combination.
  package let responseRate: ForecastDistribution
  /// The same less the control's, patients and all else alike.
  package let responseGain: ForecastDistribution
  /// The true share free of progression at each planned scan.
  package let progressionFree: [ForecastDistribution]
  /// The true share still shrinking between the scans of the split; nothing without one, and where
  /// under some effect nobody has both scans.
  package let shrinkingShare: ForecastDistribution?
  /// How probable it is that the trial observes a response rate above its control's true one.
  package let chanceAboveControl: Double
  /// Where the variance of the observed response rate comes from; they add to the whole.
  package let contributions: [ForecastContribution]

  /// Simulates the trial under a few effects, on as many cores as there are, and reads the others
  /// off straight lines between them.
  ///
  /// - Parameters:
  ///   - setting: The trial.
  ///   - effect: The effect at full dose, as fitted elsewhere.
  ///   - patients: How many patients are simulated for each effect and backbone.
  ///   - seed: The same seed gives the same bits.
  /// - Throws: ``TumorDynamicsError``, and `CancellationError` soon after the task was canceled.
  package init(
    of setting: ForecastSetting, effect: ImmuneEffectGrid, patients: Int = 4_000, seed: UInt64
  ) async throws {
    try setting.check()
    guard patients >= 2 else { throw TumorDynamicsError.tooFewPatients(patients) }
    let carried = effect.transported(heterogeneity: setting.heterogeneity)
    let simulation = ForecastSimulation(setting: setting, patients: patients, seed: seed)
    let curves = try await simulation.curves(reaching: carried)
    let points = ForecastPoints(setting, carried)
    responseRate = points.distribution { curves[$0].responseRate.value(at: $1) }
    responseGain = points.distribution {
      let curve = curves[$0].responseRate
      return curve.value(at: $1) - curve.value(at: 0)
    }
    progressionFree = setting.conduct.schedule.days.indices.map { scan in
      points.distribution { curves[$0].progressionFree[scan].value(at: $1) }
    }
    let shrinking = curves.compactMap(\.shrinkingShare)
    shrinkingShare =
      shrinking.count < curves.count
      ? nil : points.distribution { shrinking[$0].value(at: $1) }
    chanceAboveControl = points.mean {
      let curve = curves[$0].responseRate
      return simulation.chance(
        observing: curve.value(at: $1), above: curve.value(at: 0))
    }
    contributions = points.contributions(
      ofTrial: setting.patients, carriedFrom: effect, heterogeneity: setting.heterogeneity
    ) {
      curves[$0].responseRate.value(at: $1)
    }
  }
}
