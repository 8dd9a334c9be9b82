internal import Dispatch
internal import Synchronization

/// The sums of diameters of many patients under one treatment, on the same days.
///
/// What patients share is computed once: the immune signal, the amounts in the effect
/// compartments, and which gaps of time occur. Each patient then costs one exponential a drug and
/// gap and one a day, for eight patients at once. Without a closed form each patient is solved
/// alone, step by step.
package struct CohortTrajectories: Sendable {
  package let treatment: CombinationTreatment
  package let days: [Double]
  private let timelines: [DrugTimeline]
  /// ∫ *X*ₙ until each day.
  private let signal: [Double]

  /// - Precondition: The days are not negative and in order of time.
  /// - Throws: ``TumorDynamicsError`` for a treatment that cannot be simulated.
  package init(
    under treatment: CombinationTreatment, days: [Double]
  ) throws(TumorDynamicsError) {
    try treatment.check()
    guard !days.isEmpty else { throw .noScans }
    if !treatment.isClosedForm, let count = treatment.immune?.signal.compartments, count > 13 {
      throw .tooManyCompartments(count)
    }
    self.treatment = treatment
    self.days = days
    timelines = treatment.drugs.map { DrugTimeline($0.exposure, days: days) }
    signal = treatment.immune?.signal.cumulative(on: days) ?? days.map { _ in 0 }
  }

  /// The sums of everybody.
  package func sums(of cohort: Cohort, cores: Int = 1) -> SumTable {
    var table = SumTable(patients: cohort.count, days: days)
    fill(&table, with: cohort, cores: cores)
    return table
  }

  /// The same into a table of an earlier cohort of as many patients, whose memory is used again.
  ///
  /// What a patient's sums are does not depend on the number of cores.
  ///
  /// - Precondition: The table has as many patients and days.
  package func fill(_ table: inout SumTable, with cohort: Cohort, cores: Int = 1) {
    precondition(
      table.patients == cohort.count && table.days.count == days.count,
      "a table of as many patients and days")
    let blocks = SumTable.blocks(ofPatients: cohort.count)
    guard cores > 1 else {
      for (part, range) in blocks.enumerated() { fill(&table.parts[part], cohort, range) }
      return
    }
    let next = Atomic(0)
    unsafe table.parts.withUnsafeMutableBufferPointer { parts in
      // Every part is filled by the one worker that drew its number.
      nonisolated(unsafe) let parts = unsafe parts
      DispatchQueue.concurrentPerform(iterations: min(cores, blocks.count)) { _ in
        while true {
          let part = next.add(1, ordering: .relaxed).oldValue
          guard part < blocks.count else { return }
          unsafe fill(&parts[part], cohort, blocks[part])
        }
      }
    }
  }

  /// Day by day the sums of these blocks of eight patients.
  private func fill(_ sums: inout [SIMD8<Double>], _ cohort: Cohort, _ blocks: Range<Int>) {
    var changes = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: days.count)
    var factors = [SIMD8<Double>](
      repeating: SIMD8(repeating: 0), count: timelines.map(\.gaps.count).max() ?? 0)
    for (place, block) in blocks.enumerated() {
      logChanges(of: cohort, block: block, &changes, &factors)
      let baseline = cohort.baseline.blocks[block]
      for day in days.indices {
        sums[day * blocks.count + place] = baseline * exponential(changes[day])
      }
    }
  }

  /// ln *y*(*t*)/*y*(0) of eight patients on every day.
  @inline(__always)
  private func logChanges(
    of cohort: Cohort, block: Int, _ changes: inout [SIMD8<Double>],
    _ factors: inout [SIMD8<Double>]
  ) {
    guard treatment.isClosedForm else { return solve(cohort, block: block, &changes) }
    let growth = cohort.growthPerDay.blocks[block]
    let immune = cohort.immuneKillPerDay.blocks[block]
    for day in days.indices { changes[day] = growth * days[day] - immune * signal[day] }
    for (drug, timeline) in timelines.enumerated() {
      timeline.subtract(
        kill: cohort.killsPerDay[drug].blocks[block],
        decay: cohort.decaysPerDay[drug].blocks[block], from: &changes, factors: &factors)
    }
  }

  private func solve(_ cohort: Cohort, block: Int, _ changes: inout [SIMD8<Double>]) {
    for lane in 0..<min(8, cohort.count - 8 * block) {
      let trajectory = KillTrajectory(treatment, cohort[8 * block + lane])
      // The treatment was checked, so that the equations have a solver.
      let own = (try? trajectory.logChanges(on: days)) ?? []
      for (day, change) in own.enumerated() { changes[day][lane] = change }
    }
  }
}
