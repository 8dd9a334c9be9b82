internal import TrialDesign

/// The random numbers that make one virtual patient, before any rate is chosen.
///
/// Every patient takes them in this order, so that one seed gives the same patients under every
/// treatment (common random numbers).
struct PatientDraw: Sendable {
  var kill, decay, growth, baseline, immune: Double
  /// The time to the first new lesion at hazard 1.
  var newLesion: Double
  /// Not evaluable where it lies below the share of those.
  var evaluability: Double
  /// Gives the measurement errors, baseline first.
  var measurements: RandomStream

  init(_ stream: RandomStream) {
    var stream = stream
    kill = stream.normal()
    decay = stream.normal()
    growth = stream.normal()
    baseline = stream.normal()
    immune = stream.normal()
    newLesion = stream.exponential()
    evaluability = stream.uniform()
    measurements = stream
  }
}
