internal import Glibc
import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// The late change compared with a model of chemotherapy alone.
///
/// A parametric bootstrap: patients of a Claret-type model, calibrated to a control's response
/// rate, are scanned on this trial's days, and trials with as many contributing patients as this
/// one are split as it was. The decay rate of the kill decides the answer and no trial with a
/// single arm identifies it, so it is swept and every result stands in one table.
///
/// ## References
///
/// - Claret L et al. (2009). Model-based prediction of phase III overall survival in colorectal
///   cancer on the basis of phase II tumor dynamics. *J Clin Oncol* 27:4103–4108.
/// - Davison AC, Hinkley DV (1997). *Bootstrap Methods and their Application*. Cambridge
///   University Press, section 4.2.
struct ModelReference {
  let cohort: Cohort
  let split: CohortSplit
  let options: SplitOptions
  let seed: UInt64

  /// Simulates the sweep of one response rate, written as `text`, reached on this trial's scan days.
  ///
  /// Stops when the user gives the run up, which cancels its task.
  func result(rate: Double, text: String) async throws -> ModelReferenceResult {
    do {
      let reference = try ChemotherapyReference(
        responseRate: rate, scanDays: scanDays, earlyDay: earlyDay, lateDay: lateDay,
        patients: split.late.count, replicates: options.replicates, seed: seed)
      let rows = try await reference.sweep(tests: tests, level: options.alpha)
      return ModelReferenceResult(rows: rows, reference: reference, rateText: text)
    } catch let error as TumorDynamicsError {
      throw Refusal("reference.model", "reference=model:\(text): \(error)", parameter: "reference")
    }
  }

  /// Simulates one sweep for each control of a regimen, one after the other.
  ///
  /// - Throws: `Refusal` where no control can be met, and `CancellationError`.
  func result(
    _ regimen: RegimenControls, _ context: RunContext
  ) async throws -> RegimenReferenceResult {
    var swept: [RegimenReferenceResult.Sweep] = []
    var unmet: [(control: ReferenceControl, reason: String)] = []
    for (place, control) in regimen.controls.enumerated() {
      try context.checkCancellation()
      context.progress(
        Double(place) / Double(regimen.controls.count), "chemotherapy alone as in \(control.name)")
      do {
        let reference = try reference(control, of: regimen)
        let rows = try await reference.sweep(tests: tests, level: options.alpha)
        swept.append(.init(control: control, reference: reference, rows: rows))
      } catch let error as TumorDynamicsError {
        unmet.append((control, error.description))
      }
    }
    return try RegimenReferenceResult(regimen: regimen, swept: swept, unmet: unmet)
  }

  private func reference(
    _ control: ReferenceControl, of regimen: RegimenControls
  ) throws(TumorDynamicsError) -> ChemotherapyReference {
    guard control.responders > 0, control.responders < control.patients else {
      throw .responseCountToCalibrateTo(
        responders: control.responders, patients: control.patients)
    }
    return try ChemotherapyReference(
      responseRate: control.rate, scanDays: scanDays, earlyDay: earlyDay, lateDay: lateDay,
      patients: split.late.count, decayRates: regimen.decayRates, replicates: options.replicates,
      seed: seed, model: regimen.model(of: control),
      control: (control.scanDays, control.progressionFree), calibrationPatients: 10_000)
  }

  // MARK: Scan days

  private func median(_ index: Int) -> Int {
    let days = split.contributors.compactMap { $0.marks[index]?.day }.sorted()
    return days[days.count / 2]
  }

  private var earlyDay: Int { median(split.plan.boundaries.count - 2) }
  private var lateDay: Int { median(split.plan.boundaries.count - 1) }

  /// The median days of the trial's visits up to the late one, and those of the windows' ends.
  private var scanDays: [Int] {
    let ends = split.plan.boundaries.indices.map(median)
    let others = ScanDays(cohort.series).visits.map(\.median).filter { day in
      day > 0 && day < lateDay
        && ends.allSatisfy { Double(($0 - day).magnitude) > split.plan.window }
    }
    return Set(ends + others).sorted()
  }

  // MARK: Tests

  /// The paired tests of the split, as they were done.
  private var tests: [SplitTest] {
    let zeros = options.zeros
    let pValue = { @Sendable (values: [Double]) in
      (try? LateChangeTests.pValue(values, zeros: zeros)) ?? 1
    }
    return [
      SplitTest("wilcoxon") { pValue($0.late) },
      SplitTest("sign") { (try? SignTest($0.late).pValue(.less)) ?? 1 },
      SplitTest("faster") { changes in pValue(zip(changes.late, changes.early).map { $0 - $1 }) },
      SplitTest("mcnemar") { Self.mcnemar($0) },
    ]
  }

  /// Responses of simulated patients: 30 % under baseline, and no growth of 20 % since the cut.
  private static func mcnemar(_ changes: SplitChanges) -> Double {
    let limit = log(0.7) * (1 - 1e-12)
    var counts = [[0, 0], [0, 0]]
    for (early, late) in zip(changes.early, changes.late) {
      let isResponse = early <= limit
      let isLater = early + late <= limit && late < Sensitivity.progression
      counts[isResponse ? 0 : 1][isLater ? 0 : 1] += 1
    }
    let table = try? PairedTable(
      both: counts[0][0], firstOnly: counts[1][0], secondOnly: counts[0][1], neither: counts[1][1])
    return table.map { McNemarTest($0).pValue(.exact) } ?? 1
  }
}
