import Statistics
import Synchronization

/// The *p*-values of two arms of fixed sizes, each computed once.
///
/// Many trials have the same responders, and an unconditional test costs as much as hundreds of
/// simulated patients.
final class TwoArmPValues: Sendable {
  private let treated, control: Int
  private let method: TwoSampleTest.Method
  private let alternative: Alternative
  /// By responders of the treated arm times the control's rows, plus those of the control.
  private let known = Mutex<[Int: Double]>([:])

  init(treated: Int, control: Int, method: TwoSampleTest.Method, alternative: Alternative) {
    self.treated = treated
    self.control = control
    self.method = method
    self.alternative = alternative
  }

  func pValue(treated responders: Int, control others: Int) throws -> Double {
    let cell = responders * (control + 1) + others
    if let stored = known.withLock({ $0[cell] }) { return stored }
    let table = ContingencyTable(
      treated: try ResponseCount(responders: responders, patients: treated),
      control: try ResponseCount(responders: others, patients: control))
    let pValue = try TwoSampleTest(table).pValue(method, alternative)
    known.withLock { $0[cell] = pValue }
    return pValue
  }
}
