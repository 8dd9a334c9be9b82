/// A test of the arms of one trial.
package struct TrialTest: Sendable {
  package let name: String
  /// The *p*-value of one trial, its arms in order; called from several threads.
  package let pValue: @Sendable ([[PatientOutcome]]) throws -> Double

  package init(
    _ name: String, pValue: @escaping @Sendable ([[PatientOutcome]]) throws -> Double
  ) {
    self.name = name
    self.pValue = pValue
  }
}
