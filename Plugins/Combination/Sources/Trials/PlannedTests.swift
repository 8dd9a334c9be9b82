import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TimeToEvent
import TumorDynamics

/// The tests each virtual trial is analyzed with.
struct PlannedTests: Sendable {
  struct Planned: Sendable {
    /// What the result calls it.
    let name: String
    let label: String
    let method: String
    let alternative: Alternative
    let versus: String
    let test: TrialTest
  }

  let all: [Planned]

  init(_ plan: TrialPlan) {
    let settings = plan.settings
    let responses =
      settings.controlPatients.map { [Self.response(settings, control: $0)] }
      ?? plan.treatment.regimen.fixedRates(first: plan.arm).map { Self.response(settings, $0) }
    let progression = settings.isRandomized ? [Self.logRank(settings)] : []
    let late = settings.split.map { [Self.lateChange(settings, $0)] } ?? []
    all = responses + progression + late
  }

  // MARK: Response

  /// Treated against control patients.
  private static func response(
    _ settings: VirtualTrialsSettings, control: Int
  ) -> Planned {
    let (method, alternative) = (settings.responseMethod, settings.alternative)
    let pValues = TwoArmPValues(
      treated: settings.patients, control: control, method: method, alternative: alternative)
    return Planned(
      name: "response", label: "Response", method: method.rawValue, alternative: alternative,
      versus: "the randomized control",
      test: TrialTest("response") { arms in
        try pValues.pValue(treated: arms[0].responders, control: arms[1].responders)
      })
  }

  /// One arm against a published rate taken as fixed.
  private static func response(
    _ settings: VirtualTrialsSettings, _ arm: PublishedArm
  ) -> Planned {
    let pValues = (0...settings.patients).map { responders in
      (try? ResponseCount(responders: responders, patients: settings.patients))
        .flatMap { try? OneSampleTest($0, against: arm.count.rate) }
        .map { $0.pValue(.exactDoubled, settings.alternative) } ?? 1
    }
    return Planned(
      name: "response-\(arm.name)", label: "Response against \(arm.name)",
      method: OneSampleTest.Method.exactDoubled.rawValue, alternative: settings.alternative,
      versus: "\(percent(arm.count.rate)), \(arm.name) \(arm.count.text) taken as fixed",
      test: TrialTest("response-\(arm.name)") { pValues[$0[0].responders] })
  }

  // MARK: Progression

  /// The log-rank test of the planned scans at which progression was seen.
  ///
  /// Scans are common to both arms, so that their numbers are the times: the windows around them add
  /// nothing that was measured. No progression at all is no evidence, *p* = 1.
  private static func logRank(_ settings: VirtualTrialsSettings) -> Planned {
    // The treated arm is the first group, so that a higher hazard of the second is its benefit.
    let alternative: Alternative = settings.alternative
    return Planned(
      name: "progression", label: "Progression", method: "log-rank", alternative: alternative,
      versus: "the randomized control, by planned scans",
      test: TrialTest("progression") { arms in
        let patients = arms.flatMap(\.self)
        let codes = arms.enumerated().flatMap { Array(repeating: $0, count: $1.count) }
        let sample = try EventTimes(
          times: patients.map { Double($0.scans.last.map { $0.index + 1 } ?? 0) },
          occurred: patients.map { $0.scans.last?.response == .progressiveDisease })
        let groups = try Grouping(codes: codes, labels: ["treated", "control"])
        do {
          return try LogRankTest(sample, groups: groups).pValue(alternative)
        } catch TimeToEventError.nothingToCompare {
          return 1
        }
      })
  }

  // MARK: Late change

  /// Whether the treated arm's tumors go on shrinking late, which says nothing of an immune effect.
  private static func lateChange(
    _ settings: VirtualTrialsSettings, _ split: (earlyDay: Int, lateDay: Int)
  ) -> Planned {
    let days = settings.schedule.days
    let early = days.firstIndex(of: split.earlyDay) ?? 0
    let late = days.firstIndex(of: split.lateDay) ?? 0
    return Planned(
      name: "late-change", label: "Late shrinkage, treated arm alone", method: "wilcoxon",
      alternative: .less, versus: "median change of 0",
      test: TrialTest("late-change") { arms in
        let changes = arms[0].compactMap { $0.changes(early: early, late: late)?.late }
        guard changes.count >= fewestChanges else { return 1 }
        let test = try WilcoxonSignedRank(changes)
        return try test.pValue(test.recommendedMethod, .less)
      })
  }

  /// As a temporal split needs.
  private static let fewestChanges = 6
}

extension [PatientOutcome] {
  fileprivate var responders: Int { count { $0.best.isObjectiveResponse } }
}

extension Regimen {
  /// The control asked for, then the primary analyses of the others' trials, as far as a test can be
  /// made against their rates.
  fileprivate func fixedRates(first: PublishedArm) -> [PublishedArm] {
    let others = controls.primaries.filter { $0 != first && $0.trial != first.trial }
    return ([first] + others).filter { $0.count.responders > 0 && $0.count.nonResponders > 0 }
  }
}
