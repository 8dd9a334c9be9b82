/// One drug of a chemotherapy: its kill is *KD e*(*t*) exp(−λ*t*).
package struct DosedDrug: Sendable, Hashable {
  package var name: String
  /// *KD*: the median kill rate at full dose, before resistance.
  package var killPerDay: Double
  /// λ: the median rate at which resistance wears the kill off.
  package var decayPerDay: Double
  package var exposure: DrugExposure

  package init(
    _ name: String, killPerDay: Double, decayPerDay: Double, exposure: DrugExposure
  ) {
    self.name = name
    self.killPerDay = killPerDay
    self.decayPerDay = decayPerDay
    self.exposure = exposure
  }
}
