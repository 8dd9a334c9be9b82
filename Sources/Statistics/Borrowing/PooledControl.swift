internal import Glibc

/// Controls taken as samples of one rate.
public enum PooledControl {
  /// The controls' responders and patients, added up.
  ///
  /// - Throws: ``StatisticsError/noControls`` without controls.
  public static func count(
    _ controls: [ResponseCount]
  ) throws(StatisticsError) -> ResponseCount {
    guard !controls.isEmpty else { throw .noControls }
    return try ResponseCount(
      responders: controls.reduce(0) { $0 + $1.responders },
      patients: controls.reduce(0) { $0 + $1.patients })
  }

  /// The power prior: every control patient counts as `share` of a patient.
  ///
  /// The initial prior is Beta(1/2, 1/2).
  ///
  /// ## References
  ///
  /// - Ibrahim JG, Chen MH (2000). Power prior distributions for regression models. *Stat Sci*
  ///   15:46–60.
  public static func powerPrior(
    _ controls: [ResponseCount], share: Double
  ) throws(StatisticsError) -> BetaShape {
    guard (0...1).contains(share) else { throw .weightOutOfRange(share) }
    return BetaShape.jeffreys.updated(by: try count(controls), share: share)
  }
}
