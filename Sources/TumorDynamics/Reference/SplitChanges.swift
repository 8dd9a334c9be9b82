/// The log changes in size of the patients who contribute to a temporal split.
package struct SplitChanges: Sendable, Hashable {
  /// *r*₁: ln of the sum at the early scan over baseline.
  package var early: [Double]
  /// *r*₂: ln of the sum at the late scan over the early one; negative is shrinkage.
  package var late: [Double]

  package init(early: [Double], late: [Double]) {
    self.early = early
    self.late = late
  }

  mutating func removeAll() {
    early.removeAll(keepingCapacity: true)
    late.removeAll(keepingCapacity: true)
  }

  mutating func append(_ patient: (early: Double, late: Double)) {
    early.append(patient.early)
    late.append(patient.late)
  }

  /// The share of patients still shrinking, *r*₂ < 0.
  package var shrinkingShare: Double {
    Double(late.count { $0 < 0 }) / Double(late.count)
  }

  /// The mean of *r*₂.
  package var meanLateChange: Double {
    late.reduce(0, +) / Double(late.count)
  }
}
