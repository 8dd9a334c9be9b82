internal import Glibc

/// What a trial of a chemotherapy and an immune agent would show, given what is known of the effect.
///
/// The effect is extrapolated: from the trials it was fitted to, on to this chemotherapy, disease
/// and dose. Every point of the effect's grid is carried over with its probability, no effect
/// among them. Added kill can only help, so that the probability of a benefit is that of any
/// effect, by construction; what is worth reading is its size.
///
/// Nothing is simulated here, and each distribution is made when it is asked for.
package struct CombinationForecast: Sendable {
  private let simulation: ForecastSimulation
  private let points: ForecastPoints

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
    self.simulation = simulation
    points = ForecastPoints(
      simulation.setting, effect, strengths: strengths, heterogeneity: heterogeneity)
  }

  private var curves: [ForecastSimulation.Curves] { simulation.curves }

  /// The true response rate of the combination.
  package var responseRate: ForecastDistribution {
    points.distribution { curves[$0].responseRate.value(at: $1) }
  }

  /// The true response rate less the control's, patients and all else alike.
  package var responseGain: ForecastDistribution {
    points.distribution {
      curves[$0].responseRate.value(at: $1) - curves[$0].responseRate.values[0]
    }
  }

  /// The mean of the gain.
  package var meanGain: Double {
    points.mean { curves[$0].responseRate.value(at: $1) - curves[$0].responseRate.values[0] }
  }

  /// The hazard ratio of progression against the same chemotherapy alone, at the trial's own scans.
  package var hazardRatio: ForecastDistribution {
    points.distribution { exp(curves[$0].logHazardRatio.value(at: $1)) }
  }

  /// The mean of the hazard ratio.
  package var meanHazardRatio: Double {
    points.mean { exp(curves[$0].logHazardRatio.value(at: $1)) }
  }

  /// The true share free of progression at each planned scan.
  package var progressionFree: [ForecastDistribution] {
    simulation.setting.conduct.schedule.days.indices.map { scan in
      points.distribution { curves[$0].progressionFree[scan].value(at: $1) }
    }
  }

  /// The true share still shrinking between the scans of the split; nothing without one, and where
  /// under some effect nobody has both scans.
  package var shrinkingShare: ForecastDistribution? {
    let shrinking = curves.compactMap(\.shrinkingShare)
    return shrinking.count < curves.count
      ? nil : points.distribution { shrinking[$0].value(at: $1) }
  }

  /// How probable it is that the trial observes a response rate above its control's true one.
  package var chanceAboveControl: Double {
    points.mean {
      let curve = curves[$0].responseRate
      return simulation.chance(observing: curve.value(at: $1), above: curve.values[0])
    }
  }

  /// Where the variance of the observed response rate comes from; they add to the whole.
  package var contributions: [ForecastContribution] {
    points.contributions(ofTrial: simulation.setting.patients) {
      curves[$0].responseRate.value(at: $1)
    }
  }
}
