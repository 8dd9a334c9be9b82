internal import Glibc

/// Exponential growth against a kill that wears off, Claret and Bruno's model at constant exposure.
///
/// *y*(*t*) = *b* exp(*KL t* − (*KD*/λ)(1 − exp(−λ*t*))), which solves
/// *y*′ = *KL y* − *KD* exp(−λ*t*) *y*. With λ = 0 the kill does not wear off.
///
/// ## References
///
/// - Claret L et al. (2009). Model-based prediction of phase III overall survival in colorectal
///   cancer on the basis of phase II tumor dynamics. *J Clin Oncol* 27:4103–4108.
package struct ClaretModel: SumOfDiametersModel, Hashable {
  /// The sum of diameters before treatment, in millimeters.
  package var baseline: Double
  /// *KL*.
  package var growthPerDay: Double
  /// *KD*, at the start of treatment.
  package var killPerDay: Double
  /// λ.
  package var decayPerDay: Double

  package init(baseline: Double, growthPerDay: Double, killPerDay: Double, decayPerDay: Double) {
    self.baseline = baseline
    self.growthPerDay = growthPerDay
    self.killPerDay = killPerDay
    self.decayPerDay = decayPerDay
  }

  package func millimeters(at days: Double) -> Double {
    baseline * exp(logChange(at: days))
  }

  /// ln *y*(*t*)/*b*.
  func logChange(at days: Double) -> Double {
    growthPerDay * days - killPerDay * Self.exposure(decayPerDay: decayPerDay, until: days)
  }

  /// ∫ exp(−λ*s*) d*s* from 0 to `days`.
  static func exposure(decayPerDay: Double, until days: Double) -> Double {
    let decay = decayPerDay * days
    // Where nothing cancels exp is the faster of the two.
    if decay > 0.5 { return (1 - exp(-decay)) / decayPerDay }
    return decayPerDay == 0 ? days : -expm1(-decay) / decayPerDay
  }

  package var timeToGrowth: Double {
    if killPerDay <= growthPerDay { return 0 }
    if growthPerDay <= 0 || decayPerDay == 0 { return .infinity }
    return log(killPerDay / growthPerDay) / decayPerDay
  }
}
