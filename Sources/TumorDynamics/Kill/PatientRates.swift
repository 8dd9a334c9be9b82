/// The rates of one patient under a ``CombinationTreatment``.
package struct PatientRates: Sendable, Hashable {
  /// The sum of diameters before treatment, in millimeters.
  package var baseline: Double
  /// *KL*.
  package var growthPerDay: Double
  /// *KD* of each drug, in the order of the treatment's drugs.
  package var killsPerDay: [Double]
  /// λ of each drug.
  package var decaysPerDay: [Double]
  /// *KI*; 0 without an immune kill.
  package var immuneKillPerDay: Double

  package init(
    baseline: Double, growthPerDay: Double, killsPerDay: [Double], decaysPerDay: [Double],
    immuneKillPerDay: Double = 0
  ) {
    self.baseline = baseline
    self.growthPerDay = growthPerDay
    self.killsPerDay = killsPerDay
    self.decaysPerDay = decaysPerDay
    self.immuneKillPerDay = immuneKillPerDay
  }

  /// The median patient.
  package init(medianOf treatment: CombinationTreatment, baseline: Double, growthPerDay: Double) {
    self.init(
      baseline: baseline, growthPerDay: growthPerDay,
      killsPerDay: treatment.drugs.map(\.killPerDay),
      decaysPerDay: treatment.drugs.map(\.decayPerDay),
      immuneKillPerDay: treatment.immune?.killPerDay ?? 0)
  }
}
