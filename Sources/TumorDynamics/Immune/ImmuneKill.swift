/// A second kill term that an immunostimulant adds to the chemotherapy's (additive kill).
///
/// d ln *y*/d*t* loses *KI* · *X*ₙ(*t*), where *X*ₙ is the ``ImmuneSignal``. *KI* is log-normal
/// between patients and correlated with the chemotherapy's kill rate. Nothing published gives
/// *KI*, its spread or the correlation for any immunostimulant: all three are assumptions.
package struct ImmuneKill: Sendable, Hashable {
  /// The median of *KI*.
  package var killPerDay: Double
  /// The standard deviation of ln *KI*.
  package var spread: Double
  /// Between ln *KI* and ln *KD*.
  package var correlation: Double
  package var signal: ImmuneSignal

  package init(
    killPerDay: Double, spread: Double = 0.68, correlation: Double = 0.3, signal: ImmuneSignal
  ) {
    self.killPerDay = killPerDay
    self.spread = spread
    self.correlation = correlation
    self.signal = signal
  }
}

extension ImmuneKill {
  /// Refuses rates nothing can be simulated with.
  func check() throws(TumorDynamicsError) {
    for (name, value) in [
      ("the immune kill rate", killPerDay), ("the spread of the immune kill", spread),
    ] where !(value >= 0 && value.isFinite) {
      throw .unusableConstant(name: name, value: value)
    }
    guard correlation.magnitude <= 1 else { throw .correlationOutOfRange(correlation) }
    try signal.check()
  }
}
