internal import TrialDesign

/// What makes one virtual patient, whatever the median kill rate and its decay.
///
/// Every patient takes the same random numbers in the same order, so that one seed gives the same
/// patients under every treatment (common random numbers).
package struct PatientEffects: Sendable {
  /// The sum of diameters before treatment, in millimeters, without measurement error.
  let baseline: Double
  let growthPerDay: Double
  /// What the median kill rate and the median decay rate are multiplied by.
  let killFactor, decayFactor: Double
  /// The standard normal behind the kill, and the uniform behind that of the immune kill, which few
  /// need.
  let killDeviate, immuneTail: Double
  /// The share of patients whose first new lesion comes later.
  let newLesionSurvival: Double
  /// Uniform; not evaluable where it lies below the share of those.
  let evaluability: Double
  /// Measurement errors: those of baseline and three scans, and the stream that gives the rest.
  let errors: SIMD4<Double>
  let measurements: RandomStream
}
