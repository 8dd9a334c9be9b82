internal import TrialDesign

/// The random numbers behind one virtual patient, the same whatever treatment they receive.
///
/// Every patient takes the same numbers of their stream in the same order, so that one seed gives
/// the same patients under every treatment and every calibration (common random numbers).
struct PatientDraws: Sendable {
  /// Standard normal: kill, its decay, growth, baseline.
  let deviates: SIMD4<Double>
  /// Standard normal, behind the immune kill where it goes its own way.
  let immune: Double
  /// Uniform: first new lesion, first scan, immune responder, non-target progression, drop-out.
  let newLesion, evaluability, responder, nonTarget, dropout: Double
  /// Measurement errors and scan days come from here.
  private(set) var measurements: RandomStream

  init(_ stream: RandomStream) {
    var stream = stream
    deviates = stream.normals()
    immune = stream.normal()
    (newLesion, evaluability) = (stream.uniform(), stream.uniform())
    (responder, nonTarget) = (stream.uniform(), stream.uniform())
    dropout = stream.uniform()
    measurements = stream
  }
}
