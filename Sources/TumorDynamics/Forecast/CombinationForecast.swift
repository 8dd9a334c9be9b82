internal import Glibc

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
  /// The hazard ratio of progression against the same chemotherapy alone, at the trial's own scans.
  package let hazardRatio: ForecastDistribution
  /// The true share free of progression at each planned scan.
  package let progressionFree: [ForecastDistribution]
  /// The true share still shrinking between the scans of the split; nothing without one, and where
  /// under some effect nobody has both scans.
  package let shrinkingShare: ForecastDistribution?
  /// How probable it is that the trial observes a response rate above its control's true one.
  package let chanceAboveControl: Double
  /// Where the variance of the observed response rate comes from; they add to the whole.
  package let contributions: [ForecastContribution]

  /// Reads the forecast off the simulated effects, on straight lines between them.
  ///
  /// - Parameters:
  ///   - simulation: The trial under a few effects.
  ///   - effect: The effect at full dose and its dose response, as fitted elsewhere.
  ///   - strengths: How strong the effect is at the trial's dose over that at full dose, one number for
  ///     each dose response of the effect.
  ///   - heterogeneity: τ, the standard deviation of ln *KI* between the disease the effect was fitted in
  ///     and this one.
  /// - Precondition: As many strengths as dose responses.
  /// - Throws: ``TumorDynamicsError/unusableConstant(name:value:)`` for a heterogeneity that is none.
  package init(
    _ simulation: ForecastSimulation, effect: ImmuneEffect, strengths: [Double] = [1],
    heterogeneity: Double
  ) throws(TumorDynamicsError) {
    guard heterogeneity >= 0, heterogeneity.isFinite else {
      throw .unusableConstant(name: "the heterogeneity between diseases", value: heterogeneity)
    }
    let (setting, curves) = (simulation.setting, simulation.curves)
    let points = ForecastPoints(
      setting, effect, strengths: strengths, heterogeneity: heterogeneity)
    responseRate = points.distribution { curves[$0].responseRate.value(at: $1) }
    responseGain = points.distribution {
      let curve = curves[$0].responseRate
      return curve.value(at: $1) - curve.value(at: 0)
    }
    hazardRatio = points.distribution { exp(curves[$0].logHazardRatio.value(at: $1)) }
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
    contributions = points.contributions(ofTrial: setting.patients) {
      curves[$0].responseRate.value(at: $1)
    }
  }
}
