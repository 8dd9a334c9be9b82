internal import Glibc

/// The sum of diameters of one patient under a ``CombinationTreatment``.
///
/// The kill of every drug is a sum of exponentials between doses, so with additive kill and no
/// priming ln *y* is known in closed form; otherwise the equations are solved by
/// ``DormandPrince`` from one dose to the next.
package struct KillTrajectory: Sendable {
  package let treatment: CombinationTreatment
  package let rates: PatientRates

  /// - Precondition: As many rates as drugs.
  package init(_ treatment: CombinationTreatment, _ rates: PatientRates) {
    precondition(
      rates.killsPerDay.count == treatment.drugs.count
        && rates.decaysPerDay.count == treatment.drugs.count, "one kill and one decay for each drug"
    )
    self.treatment = treatment
    self.rates = rates
  }

  /// The sums on days in order of time, in millimeters.
  package func millimeters(on days: [Double]) throws(TumorDynamicsError) -> [Double] {
    try logChanges(on: days).map { rates.baseline * exp($0) }
  }

  /// ln *y*(*t*)/*y*(0) on days in order of time.
  ///
  /// - Throws: ``TumorDynamicsError/tooManyCompartments(_:)`` where the equations must be solved
  ///   step by step.
  package func logChanges(on days: [Double]) throws(TumorDynamicsError) -> [Double] {
    treatment.isClosedForm ? closedForm(on: days) : try solved(on: days)
  }

  /// *KL t* − Σⱼ *KD*ⱼ∫*e*ⱼ exp(−λⱼ*s*) d*s* − *KI* ∫*X*ₙ d*s*.
  private func closedForm(on days: [Double]) -> [Double] {
    let immune = treatment.immune?.signal.cumulative(on: days) ?? days.map { _ in 0 }
    return zip(days, immune).map { day, signal in
      var change = rates.growthPerDay * day - rates.immuneKillPerDay * signal
      for (index, drug) in treatment.drugs.enumerated() {
        change -=
          rates.killsPerDay[index]
          * drug.exposure.exposure(decayPerDay: rates.decaysPerDay[index], until: day)
      }
      return change
    }
  }

  /// The same by steps, whatever the combination.
  ///
  /// - Throws: ``TumorDynamicsError/tooManyCompartments(_:)``.
  package func solved(
    on days: [Double], tolerance: Double = 1e-12
  ) throws(TumorDynamicsError) -> [Double] {
    try KillEquations(treatment, rates).logChanges(on: days, tolerance: tolerance)
  }
}
