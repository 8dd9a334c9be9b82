internal import Glibc

/// Shrinkage and growth side by side: *y*(*t*) = *b* (exp(−*k*ₛ*t*) + exp(*k*₉*t*) − 1).
///
/// The rates and the time share any one unit.
///
/// ## References
///
/// - Stein WD, Yang J, Bates SE, Fojo T (2008). Bevacizumab reduces the growth rate constants of
///   renal carcinomas. *Oncologist* 13:1055–1062.
package struct SteinFojoModel: SumOfDiametersModel, Hashable {
  /// In millimeters.
  package var baseline: Double
  package var shrinkageRate: Double
  package var growthRate: Double

  package init(baseline: Double, shrinkageRate: Double, growthRate: Double) {
    self.baseline = baseline
    self.shrinkageRate = shrinkageRate
    self.growthRate = growthRate
  }

  package func millimeters(at time: Double) -> Double {
    baseline * (exp(-shrinkageRate * time) + expm1(growthRate * time))
  }

  package var timeToGrowth: Double {
    if shrinkageRate <= growthRate { return 0 }
    if growthRate <= 0 { return .infinity }
    return log(shrinkageRate / growthRate) / (shrinkageRate + growthRate)
  }
}
