/// The chemotherapy's kill, and an immune kill beside it where there is one.
package struct Treatment: Sendable, Hashable {
  /// *KD*: the median kill rate at the start.
  package var killPerDay: Double
  /// λ: the median rate at which it wears off.
  package var decayPerDay: Double
  package var immune: ImmuneKill?

  package init(killPerDay: Double, decayPerDay: Double, immune: ImmuneKill? = nil) {
    self.killPerDay = killPerDay
    self.decayPerDay = decayPerDay
    self.immune = immune
  }
}

extension Treatment {
  /// Refuses rates nothing can be simulated with.
  func check() throws(TumorDynamicsError) {
    let rates = [
      ("the kill rate", killPerDay), ("the decay rate", decayPerDay),
      ("the immune kill rate", immune?.killPerDay ?? 0),
      ("the spread of the immune kill", immune?.spread ?? 0),
    ]
    for (name, value) in rates where !(value >= 0 && value.isFinite) {
      throw .unusableConstant(name: name, value: value)
    }
    if let correlation = immune?.correlation, !(correlation.magnitude <= 1) {
      throw .correlationOutOfRange(correlation)
    }
  }
}
