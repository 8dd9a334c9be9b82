import RECIST

/// One assessment of one patient after day 0.
struct TumorScan: Sendable, Hashable {
  /// Days from first dose.
  let day: Int
  /// The sum of target diameters, where all of them were measured.
  let sum: Millimeters?
  /// The response at this time point: as reported, else what new lesions and the sum say.
  var response: ResponseCategory?
}
