internal import TrialDesign

/// The random numbers that make one virtual patient, before any rate is chosen.
///
/// Every patient takes them in this order, so that one seed gives the same patients under every
/// treatment (common random numbers).
struct PatientDraw: Sendable {
  /// Standard normal.
  let kill, decay, growth, baseline: Double
  /// The uniform behind a standard normal few need; see ``immune``.
  private let immuneTail: Double
  /// The share of patients whose first new lesion comes later.
  let newLesionSurvival: Double
  /// Uniform; not evaluable where it lies below the share of those.
  let evaluability: Double
  /// Gives the measurement errors, baseline first.
  let measurements: RandomStream

  init(_ stream: RandomStream) {
    var stream = stream
    let effects = stream.normals()
    (kill, decay, growth, baseline) = (effects.x, effects.y, effects.z, effects.w)
    immuneTail = stream.uniform()
    newLesionSurvival = stream.uniform()
    evaluability = stream.uniform()
    measurements = stream
  }

  var immune: Double { standardNormalQuantile(immuneTail) }
}
