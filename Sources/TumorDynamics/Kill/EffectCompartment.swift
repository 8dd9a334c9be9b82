internal import Glibc

/// A drug's effect from its doses alone, without plasma concentrations (K-PD).
///
/// Each dose adds its relative amount to *A*, which is eliminated at *k*ᴅᴇ: *A*′ = −*k*ᴅᴇ*A*. The
/// effect is *e*(*t*) = *A*(*t*) · *k*ᴅᴇ · (cycle length)/(doses per cycle), so that at full dose
/// its mean over the cycles of an unending treatment is 1, whatever the schedule.
///
/// ## References
///
/// - Jacqmin P et al. (2007). Modelling response time profiles in the absence of drug
///   concentrations: definition and performance evaluation of the K-PD model.
///   *J Pharmacokinet Pharmacodyn* 34:57–85.
package struct EffectCompartment: Sendable, Hashable {
  /// In order of time.
  package let doses: [Dose]
  /// *k*ᴅᴇ.
  package let eliminationPerDay: Double
  package let cycleDays: Double
  package let dosesPerCycle: Double

  /// - Throws: ``TumorDynamicsError/unusableConstant(name:value:)`` where a rate, a length, a day
  ///   or an amount is negative or not finite, and where an effect would never be felt or last.
  package init(
    doses: [Dose], eliminationPerDay: Double, cycleDays: Double, dosesPerCycle: Double
  ) throws(TumorDynamicsError) {
    for (name, value) in [
      ("the elimination rate of the effect", eliminationPerDay), ("the cycle length", cycleDays),
      ("the doses per cycle", dosesPerCycle),
    ] {
      guard value > 0, value.isFinite else { throw .notPositive(name: name, value: value) }
    }
    try doses.check()
    self.doses = doses.sorted { $0.day < $1.day }
    self.eliminationPerDay = eliminationPerDay
    self.cycleDays = cycleDays
    self.dosesPerCycle = dosesPerCycle
  }

  /// What one unit of *A* is worth in *e*.
  var scale: Double { eliminationPerDay * cycleDays / dosesPerCycle }

  /// *A*, after what is given on the day.
  package func amount(at day: Double) -> Double {
    doses.reduce(0) { sum, dose in
      dose.day > day ? sum : sum + dose.relative * exp(-eliminationPerDay * (day - dose.day))
    }
  }

  /// ∫ *e*(*s*) exp(−λ*s*) d*s* from 0 to `day`, in days.
  ///
  /// Each dose given at *s* adds exp(−λ*s*)(1 − exp(−(*k*ᴅᴇ + λ)(*t* − *s*)))/(*k*ᴅᴇ + λ).
  package func exposure(decayPerDay: Double, until day: Double) -> Double {
    let rate = eliminationPerDay + decayPerDay
    return scale / rate
      * doses.reduce(0) { sum, dose in
        guard dose.day < day else { return sum }
        return sum - dose.relative * exp(-decayPerDay * dose.day)
          * expm1(-rate * (day - dose.day))
      }
  }
}

extension [Dose] {
  func check() throws(TumorDynamicsError) {
    for dose in self {
      for (name, value) in [("the day of a dose", dose.day), ("a dose", dose.relative)]
      where !(value >= 0 && value.isFinite) {
        throw .unusableConstant(name: name, value: value)
      }
    }
  }
}
