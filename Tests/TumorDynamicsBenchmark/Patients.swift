import TumorDynamics

/// Virtual patients by a formula every program can follow to the last bit.
struct Patients {
  let cohort: Cohort

  init(_ count: Int) {
    func column(_ low: Double, _ high: Double, _ step: Int, _ modulus: Int) -> [Double] {
      (0..<count).map {
        low + (high - low) * ((Double($0 * step % modulus) + 0.5) / Double(modulus))
      }
    }
    cohort = Cohort(
      baseline: column(30, 120, 7919, 100_003),
      growthPerDay: column(0.0002, 0.0032, 104_729, 100_019),
      killsPerDay: [column(0.002, 0.014, 15_485_863, 100_043)],
      decaysPerDay: [column(0.005, 0.045, 32_452_843, 100_049)],
      immuneKillPerDay: column(0, 0.012, 49_979_687, 100_057))
  }
}

extension CombinationTreatment {
  /// Constant exposure: the plain Claret model.
  static let plain = CombinationTreatment(
    drugs: [DosedDrug("plain", killPerDay: 0.006, decayPerDay: 0.02, exposure: .constant)])

  /// 18 infusions, days 1, 8 and 15 of 28, and 12 injections, days 2 and 16.
  static func dosed() throws -> Self {
    let weekly = try EffectCompartment(
      doses: .cycles(6, ofDays: 28, on: [1, 8, 15]), eliminationPerDay: 0.1, cycleDays: 28,
      dosesPerCycle: 3)
    let signal = ImmuneSignal(.injections(.cycles(6, ofDays: 28, on: [2, 16])))
    return CombinationTreatment(
      drugs: [
        DosedDrug("weekly", killPerDay: 0.006, decayPerDay: 0.02, exposure: .doses(weekly))
      ], immune: ImmuneKill(killPerDay: 0.0036, signal: signal))
  }
}
