internal import Glibc

/// A sensitive fraction shrinks while the rest grows:
/// *y*(*t*) = *b* (φ exp(−*k*ₛ*t*) + (1 − φ) exp(*k*₉*t*)).
///
/// The rates and the time share any one unit.
///
/// ## References
///
/// - Wilkerson J et al. (2017). Estimation of tumour regression and growth rates during treatment
///   in patients with advanced prostate cancer. *Lancet Oncol* 18:143–154.
package struct GeneralizedSteinFojoModel: SumOfDiametersModel, Hashable {
  /// In millimeters.
  package var baseline: Double
  package var shrinkageRate: Double
  package var growthRate: Double
  /// φ, from 0 to 1.
  package var sensitiveFraction: Double

  package init(
    baseline: Double, shrinkageRate: Double, growthRate: Double, sensitiveFraction: Double
  ) {
    self.baseline = baseline
    self.shrinkageRate = shrinkageRate
    self.growthRate = growthRate
    self.sensitiveFraction = sensitiveFraction
  }

  package func millimeters(at time: Double) -> Double {
    baseline
      * (sensitiveFraction * exp(-shrinkageRate * time)
        + (1 - sensitiveFraction) * exp(growthRate * time))
  }

  package var timeToGrowth: Double {
    let shrinkage = shrinkageRate * sensitiveFraction
    let growth = growthRate * (1 - sensitiveFraction)
    if shrinkage <= growth { return 0 }
    if growth <= 0 { return .infinity }
    return log(shrinkage / growth) / (shrinkageRate + growthRate)
  }
}
