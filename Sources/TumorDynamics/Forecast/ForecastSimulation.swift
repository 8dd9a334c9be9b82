internal import Glibc
internal import Statistics

/// The patients of a trial simulated under a few immune effects, from which any belief of the effect is
/// forecast.
package struct ForecastSimulation: Sendable {
  /// What one backbone shows at each effect.
  struct Curves: Sendable {
    var responseRate: EffectCurve
    /// Against no effect.
    var logHazardRatio: EffectCurve
    /// Nothing without a split, and where somewhere nobody has both of its scans.
    var shrinkingShare: EffectCurve?
    var progressionFree: [EffectCurve]
  }

  package let setting: ForecastSetting
  /// By backbone.
  let curves: [Curves]

  /// No effect and so many others, each the same factor above the last.
  private static let effects = 24

  /// Simulates the trial, on as many cores as there are.
  ///
  /// - Parameters:
  ///   - setting: The trial.
  ///   - killsPerDay: Effects at the trial's dose, of which the smallest above 0 and the largest are
  ///     reached.
  ///   - patients: How many patients are simulated for each effect and backbone.
  ///   - seed: The same seed gives the same bits.
  /// - Throws: ``TumorDynamicsError``, and `CancellationError` soon after the task was canceled.
  package init(
    of setting: ForecastSetting, reaching killsPerDay: [Double], patients: Int = 4_000, seed: UInt64
  ) async throws {
    try setting.check()
    guard patients >= 2 else { throw TumorDynamicsError.tooFewPatients(patients) }
    self.setting = setting
    let kills = Self.kills(reaching: killsPerDay)
    let arms = try setting.arms()
    let tallies = try await withThrowingTaskGroup(of: (Int, Int, ArmTally).self) { group in
      for backbone in setting.backbones.indices {
        for (place, kill) in kills.enumerated() {
          group.addTask {
            try Task.checkCancellation()
            let trials = try VirtualTrials(
              [arms[backbone].withImmuneKill(kill)], patientsPerArm: [patients],
              split: setting.split)
            return (backbone, place, Self.tally(trials, seed: seed))
          }
        }
      }
      let empty = [ArmTally?](repeating: nil, count: kills.count)
      return try await group.reduce(
        into: [[ArmTally?]](repeating: empty, count: setting.backbones.count)
      ) { $0[$1.0][$1.1] = $1.2 }
    }
    curves = tallies.map { Curves($0.compactMap(\.self), kills, setting.conduct.schedule) }
  }

  private static func kills(reaching killsPerDay: [Double]) -> [Double] {
    let present = killsPerDay.filter { $0 > 0 }
    let (low, high) = (present.min() ?? 1e-3, present.max() ?? 1e-3)
    return [0]
      + (0..<effects).map {
        low * exp(log(high / low) * Double($0) / Double(effects - 1))
      }
  }

  private static func tally(_ trials: VirtualTrials, seed: UInt64) -> ArmTally {
    var tally = trials.emptyTally
    // Third from the end: calibration and fitting took the last two, and trials start at the first.
    tally.add(trials.trial(seed: seed, replicate: .max - 2), pValues: [], level: 0)
    return tally.arms[0]
  }

  /// The same with some of its backbones only.
  ///
  /// - Precondition: At least one is.
  package func only(_ isUsed: (Int) -> Bool) -> Self {
    let used = setting.backbones.indices.filter(isUsed)
    precondition(!used.isEmpty, "at least one backbone")
    return Self(setting: setting.only(used), curves: used.map { curves[$0] })
  }

  private init(setting: ForecastSetting, curves: [Curves]) {
    self.setting = setting
    self.curves = curves
  }

  /// By what factor the strongest effect in other diseases exceeds the one it was fitted as.
  package static func reach(heterogeneity: Double) -> Double {
    ImmuneEffectGrid.carried(1, heterogeneity: heterogeneity).max() ?? 1
  }

  /// The probability that a trial observes more responders than the control's rate would give.
  func chance(observing rate: Double, above control: Double) -> Double {
    let needed = Int((control * Double(setting.patients)).rounded(.down)) + 1
    return binomialUpperTail(needed, patients: setting.patients, rate: rate)
  }
}

extension ForecastSimulation.Curves {
  /// - Precondition: One tally for each kill.
  fileprivate init(_ tallies: [ArmTally], _ kills: [Double], _ schedule: ScanSchedule) {
    func curve(_ value: (ArmTally) -> Double) -> EffectCurve {
      EffectCurve(killsPerDay: kills, values: tallies.map(value))
    }
    let shrinking = tallies.compactMap { $0.split?.shrinkingShare?.value }
    self.init(
      responseRate: curve(\.responseRate.value),
      logHazardRatio: curve { tally in
        guard tally != tallies[0] else { return 0 }
        let intervals = schedule.days.indices.map { scan in
          let (own, other) = (
            tallies[0].riskAndEvents(atScan: scan), tally.riskAndEvents(atScan: scan)
          )
          return GroupedHazardRatio.Interval(
            atRisk: (own.atRisk, other.atRisk), events: (own.events, other.events))
        }
        return GroupedHazardRatio(intervals: intervals).logRatio ?? .nan
      },
      shrinkingShare: shrinking.count < kills.count
        ? nil : EffectCurve(killsPerDay: kills, values: shrinking),
      progressionFree: schedule.days.indices.map { scan in
        curve { $0.progressionFreeShares[scan] }
      })
  }
}
