import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct CohortTrajectoriesTests {
  private func spread(_ median: Double, by ratio: Double, _ step: Int, count: Int = 9) -> [Double] {
    (0..<count).map { median * pow(ratio, Double($0 * step % 11 - 5) / 5) }
  }

  private func cohort(of treatment: CombinationTreatment, decays: Double = 3) -> Cohort {
    Cohort(
      baseline: spread(60, by: 2, 3), growthPerDay: spread(0.001, by: 3, 4),
      killsPerDay: treatment.drugs.map { spread($0.killPerDay, by: 3, 5) },
      decaysPerDay: treatment.drugs.map { spread($0.decayPerDay, by: decays, 6) },
      immuneKillPerDay: spread(treatment.immune?.killPerDay ?? 0, by: 2, 7))
  }

  @Test("agree with SciPy's DOP853", arguments: try KillTrajectoryTests.table.get().rows)
  func reference(row: DosedKillRow) throws {
    let treatment = try row.treatment()
    let rates = PatientRates(medianOf: treatment, baseline: 1, growthPerDay: row.growth)
    let one = Cohort(
      baseline: [rates.baseline], growthPerDay: [rates.growthPerDay],
      killsPerDay: rates.killsPerDay.map { [$0] }, decaysPerDay: rates.decaysPerDay.map { [$0] },
      immuneKillPerDay: [rates.immuneKillPerDay])
    let sums = try CohortTrajectories(under: treatment, days: row.days).sums(of: one).sums(of: 0)
    for (sum, expected) in zip(sums, row.ratios) {
      #expect(sum.agrees(with: expected, within: 1e-8))
    }
  }

  @Test(
    "are those of each patient alone",
    arguments: try KillTrajectoryTests.table.get().rows.filter { try $0.treatment().isClosedForm })
  func alone(row: DosedKillRow) throws {
    let treatment = try row.treatment()
    let cohort = cohort(of: treatment)
    let trajectories = try CohortTrajectories(under: treatment, days: row.days)
    let table = trajectories.sums(of: cohort)
    for patient in [0, 7, 8] {
      let alone = try KillTrajectory(treatment, cohort[patient]).millimeters(on: row.days)
      for (sum, expected) in zip(table.sums(of: patient), alone) {
        #expect(sum.agrees(with: expected, within: 1e-12))
      }
    }
  }

  @Test(
    "keep their digits where resistance hardly wears the kill off", arguments: [0, 1e-12, 1e-5])
  func slowDecay(decay: Double) throws {
    let treatment = CombinationTreatment(
      drugs: [DosedDrug("A", killPerDay: 0.006, decayPerDay: decay, exposure: .constant)])
    let cohort = cohort(of: treatment)
    let table = try CohortTrajectories(under: treatment, days: [7, 70]).sums(of: cohort)
    for patient in 0..<cohort.count {
      let alone = try KillTrajectory(treatment, cohort[patient]).millimeters(on: [7, 70])
      for (sum, expected) in zip(table.sums(of: patient), alone) {
        #expect(sum.agrees(with: expected, within: 1e-13))
      }
    }
  }

  @Test("have the same bits on any number of cores and in memory used before")
  func cores() throws {
    let row = try #require(try KillTrajectoryTests.table.get().rows.first { $0.name == "additive" })
    let treatment = try row.treatment()
    let cohort = Cohort(
      baseline: spread(60, by: 2, 3, count: 2_050),
      growthPerDay: spread(0.001, by: 3, 4, count: 2_050),
      killsPerDay: [spread(0.006, by: 3, 5, count: 2_050)],
      decaysPerDay: [spread(0.02, by: 3, 6, count: 2_050)])
    let trajectories = try CohortTrajectories(under: treatment, days: row.days)
    let one = trajectories.sums(of: cohort)
    var table = trajectories.sums(of: cohort, cores: 2)
    #expect(table == one)
    trajectories.fill(&table, with: cohort, cores: 7)
    #expect(table == one)
    #expect(table.mean(onDay: 0) == (0..<2_050).reduce(0) { $0 + one[$1, 0] } / 2_050)
  }

  @Test("eight exponentials at once agree with the C library's")
  func exponentials() {
    for place in 0..<4_000 {
      let start = -720.0 + 0.36 * Double(place)
      let x = SIMD8<Double>((0..<8).map { min(max(start + 0.0437 * Double($0), -708), 709) })
      let found = exponential(x)
      for lane in 0..<8 { #expect(found[lane].agrees(with: exp(x[lane]), within: 5e-16)) }
    }
    #expect(exponential(SIMD8(repeating: 0)) == SIMD8(repeating: 1))
    #expect(exponential(SIMD8(repeating: -1e6))[0] == exponential(SIMD8(repeating: -708))[0])
  }
}
