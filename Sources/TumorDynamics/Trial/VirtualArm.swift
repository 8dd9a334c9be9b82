internal import Glibc
internal import RECIST
internal import TrialDesign

/// The patients of one arm: a model, a treatment and how the trial looks at them.
///
/// Log-normal rates: each drug's kill shares one deviate and each drug's decay another, as a
/// patient sensitive to one drug is taken to be sensitive to the others; the immune kill's deviate
/// is correlated with that of the kill. A patient depends on seed, replicate and number alone.
package struct VirtualArm: Sendable {
  package let model: ChemotherapyModel
  package private(set) var treatment: CombinationTreatment
  package let conduct: TrialConduct
  private let trajectories: CohortTrajectories
  private let possibleDays: [Int]

  package init(
    _ model: ChemotherapyModel, under treatment: CombinationTreatment, conduct: TrialConduct
  ) throws(TumorDynamicsError) {
    try model.check()
    try conduct.check()
    self.model = model
    self.treatment = treatment
    self.conduct = conduct
    possibleDays = conduct.possibleDays
    trajectories = try CohortTrajectories(
      under: treatment, days: possibleDays.map(Double.init))
  }

  /// The same arm with another median *KI*, for no work: what patients share does not depend on it.
  ///
  /// - Precondition: The arm has an immune kill, and the rate is finite and not negative.
  package func withImmuneKill(_ killPerDay: Double) -> Self {
    precondition(treatment.immune != nil && killPerDay >= 0 && killPerDay.isFinite, "a kill rate")
    var arm = self
    arm.treatment.immune?.killPerDay = killPerDay
    return arm
  }

  /// What the trial saw of the patients with these numbers.
  package func outcomes(
    of patients: Range<Int>, seed: UInt64, replicate: UInt64
  ) -> [PatientOutcome] {
    guard !patients.isEmpty else { return [] }
    let draws = patients.map {
      PatientDraws(RandomStream(seed: seed, replicate: replicate, patient: $0))
    }
    let cohort = cohort(draws)
    let sums = trajectories.sums(of: cohort)
    return draws.indices.map { index in
      outcome(draws[index], baseline: cohort.baseline[index]) { sums[index, $0] }
    }
  }

  /// The rates that belong to the draws.
  func cohort(_ draws: [PatientDraws]) -> Cohort {
    let kill = draws.map { exp(model.killSpread.value * $0.deviates.x) }
    let decay = draws.map { exp(model.decaySpread.value * $0.deviates.y) }
    return Cohort(
      baseline: draws.map {
        model.baseline.value * exp(model.baselineSpread.value * $0.deviates.w)
      },
      growthPerDay: draws.map {
        model.growth.value * exp(model.growthSpread.value * $0.deviates.z)
      },
      killsPerDay: treatment.drugs.map { drug in kill.map { drug.killPerDay * $0 } },
      decaysPerDay: treatment.drugs.map { drug in decay.map { drug.decayPerDay * $0 } },
      immuneKillPerDay: draws.map(immuneKill))
  }

  /// *KI*; 0 in whom the immune system does not act.
  private func immuneKill(_ draws: PatientDraws) -> Double {
    guard let immune = treatment.immune, draws.responder < treatment.responderShare else {
      return 0
    }
    let own = (1 - immune.correlation * immune.correlation).squareRoot()
    let deviate = immune.correlation * draws.deviates.x + own * draws.immune
    return immune.killPerDay * exp(immune.spread * deviate)
  }

  /// Follows one patient scan by scan.
  private func outcome(
    _ draws: PatientDraws, baseline: Double, _ sum: (Int) -> Double
  ) -> PatientOutcome {
    var scanner = PatientScanner(draws, model: model, conduct: conduct)
    scanner.measureBaseline(baseline)
    var scans: [PatientOutcome.Scan] = []
    if draws.evaluability >= model.notEvaluableShare.value {
      let width = 2 * conduct.windowDays + 1
      for index in conduct.schedule.days.indices {
        let place = index * width + scanner.nextPlace(in: width)
        guard
          let scan = scanner.scan(index, day: possibleDays[place], trueSum: sum(place))
        else { break }
        scans.append(scan)
        if scan.response == .progressiveDisease { break }
      }
    }
    return PatientOutcome(baseline: scanner.baseline, scans: scans, rules: conduct.rules)
  }
}
