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

  /// - Precondition: The days are not negative, each once and in order of time.
  /// - Throws: ``TumorDynamicsError`` for a treatment that cannot be simulated.
  package init(
    under treatment: CombinationTreatment, days: [Double]
  ) throws(TumorDynamicsError) {
    try treatment.check()
    guard !days.isEmpty else { throw .noScans }
    precondition(zip(days, days.dropFirst()).allSatisfy(<), "each day once and in order of time")
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

  /// Day by day the sums of these blocks of eight patients, which first hold ln *y*(*t*)/*y*(0).
  ///
  /// Every column is taken out once: cores that count references to the same array block by block
  /// wait for each other.
  private func fill(_ sums: inout [SIMD8<Double>], _ cohort: Cohort, _ blocks: Range<Int>) {
    if treatment.isClosedForm {
      fillLogChanges(&sums, cohort, blocks)
    } else {
      solveLogChanges(&sums, cohort, blocks)
    }
    let baseline = cohort.baseline.blocks
    for day in days.indices {
      for (place, block) in blocks.enumerated() {
        let entry = day * blocks.count + place
        sums[entry] = baseline[block] * exponential(sums[entry])
      }
    }
  }

  private func fillLogChanges(
    _ changes: inout [SIMD8<Double>], _ cohort: Cohort, _ blocks: Range<Int>
  ) {
    let (growth, immune) = (cohort.growthPerDay.blocks, cohort.immuneKillPerDay.blocks)
    for (index, day) in days.enumerated() {
      for (place, block) in blocks.enumerated() {
        changes[index * blocks.count + place] = growth[block] * day - immune[block] * signal[index]
      }
    }
    for (drug, timeline) in timelines.enumerated() {
      timeline.subtract(
        kills: cohort.killsPerDay[drug].blocks, decays: cohort.decaysPerDay[drug].blocks, blocks,
        from: &changes)
    }
  }

  private func solveLogChanges(
    _ changes: inout [SIMD8<Double>], _ cohort: Cohort, _ blocks: Range<Int>
  ) {
    for (place, block) in blocks.enumerated() {
      for lane in 0..<min(8, cohort.count - 8 * block) {
        let trajectory = KillTrajectory(treatment, cohort[8 * block + lane])
        let own: [Double]
        do {
          own = try trajectory.logChanges(on: days)
        } catch {
          preconditionFailure("a treatment that was checked has a solver, not \(error)")
        }
        for (day, change) in own.enumerated() {
          changes[day * blocks.count + place][lane] = change
        }
      }
    }
  }
}
