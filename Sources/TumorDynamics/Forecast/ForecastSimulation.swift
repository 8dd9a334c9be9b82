internal import Glibc
internal import Statistics

/// Simulates the patients of a forecast under a few immune effects.
struct ForecastSimulation: Sendable {
  /// What one backbone shows at each effect.
  struct Curves: Sendable {
    var responseRate: EffectCurve
    /// Nothing without a split, and where somewhere nobody has both of its scans.
    var shrinkingShare: EffectCurve?
    var progressionFree: [EffectCurve]
  }

  let setting: ForecastSetting
  let patients: Int
  let seed: UInt64

  /// No effect and 16 others, each the same factor above the last.
  private static let effects = 16

  func curves(reaching effect: ImmuneEffectGrid) async throws -> [Curves] {
    let present = effect.killsPerDay.filter { $0 > 0 }
    let (low, high) = (present.first ?? 1e-3, present.last ?? 1e-3)
    let kills =
      [0]
      + (0..<Self.effects).map {
        low * exp(Glibc.log(high / low) * Double($0) / Double(Self.effects - 1))
      }
    let tallies = try await withThrowingTaskGroup(of: (Int, Int, ArmTally).self) { group in
      for backbone in setting.backbones.indices {
        for (place, kill) in kills.enumerated() {
          group.addTask {
            try Task.checkCancellation()
            return (backbone, place, try tally(backbone, killPerDay: kill))
          }
        }
      }
      return try await group.reduce(into: [[Int]: ArmTally]()) { $0[[$1.0, $1.1]] = $1.2 }
    }
    return setting.backbones.indices.map { backbone in
      func curve(_ value: (ArmTally) -> Double) -> EffectCurve {
        EffectCurve(
          killsPerDay: kills,
          values: kills.indices.map { tallies[[backbone, $0]].map(value) ?? .nan })
      }
      let shrinking = kills.indices.compactMap {
        tallies[[backbone, $0]]?.split?.shrinkingShare?.value
      }
      return Curves(
        responseRate: curve(\.responseRate.value),
        shrinkingShare: shrinking.count < kills.count
          ? nil : EffectCurve(killsPerDay: kills, values: shrinking),
        progressionFree: setting.conduct.schedule.days.indices.map { scan in
          curve { $0.progressionFreeShares[scan] }
        })
    }
  }

  private func tally(
    _ backbone: Int, killPerDay: Double
  ) throws(TumorDynamicsError) -> ArmTally {
    let calibration = setting.backbones[backbone].calibration
    var treatment = calibration.treatment
    treatment.immune = setting.agent
    treatment.immune?.killPerDay = killPerDay
    let arm = try VirtualArm(calibration.model, under: treatment, conduct: setting.conduct)
    let trials = try VirtualTrials([arm], patientsPerArm: [patients], split: setting.split)
    var tally = trials.emptyTally
    // Third from the end: calibration and fitting took the last two, and trials start at the first.
    tally.add(trials.trial(seed: seed, replicate: .max - 2), pValues: [], level: 0)
    return tally.arms[0]
  }

  /// The probability that a trial observes more responders than the control's rate would give.
  func chance(observing rate: Double, above control: Double) -> Double {
    let needed = Int((control * Double(setting.patients)).rounded(.down)) + 1
    return binomialUpperTail(needed, patients: setting.patients, rate: rate)
  }
}
