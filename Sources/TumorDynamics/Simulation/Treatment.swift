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
    for (name, value) in [("the kill rate", killPerDay), ("the decay rate", decayPerDay)]
    where !(value >= 0 && value.isFinite) {
      throw .unusableConstant(name: name, value: value)
    }
    try immune?.check()
  }
}
