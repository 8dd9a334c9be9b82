import Testing

@testable import TumorDynamics

/// One treatment of `dosed-kill.json`.
struct DosedKillRow: Decodable, Sendable {
  struct Drug: Decodable, Sendable {
    let kill, decay, elimination, cycle, perCycle: Double
    let doses: [[Double]]?
  }

  struct Agent: Decodable, Sendable {
    let kill, transit, loss, depot, interval: Double
    let compartments: Int
    let doses: [[Double]]
  }

  let name, combination: String
  let drugs: [Drug]
  let immune: Agent?
  let interaction, priming, growth: Double
  let days, ratios: [Double]

  func trajectory() throws -> KillTrajectory {
    let treatment = try treatment()
    return KillTrajectory(
      treatment, PatientRates(medianOf: treatment, baseline: 1, growthPerDay: growth))
  }

  func treatment() throws -> CombinationTreatment {
    let rule: KillCombination =
      switch combination {
      case "hsa": .highestSingleAgent
      case "greco": .greco(interaction: interaction)
      default: .additive
      }
    let treatment = CombinationTreatment(
      drugs: try drugs.enumerated().map { index, drug in
        DosedDrug(
          "drug \(index)", killPerDay: drug.kill, decayPerDay: drug.decay,
          exposure: try drug.exposure())
      }, immune: immune?.immuneKill(), combination: rule, priming: priming)
    try treatment.check()
    return treatment
  }
}

extension DosedKillRow: CustomTestStringConvertible {
  var testDescription: String { name }
}

extension DosedKillRow.Drug {
  func exposure() throws -> DrugExposure {
    guard let doses else { return .constant }
    return .doses(
      try EffectCompartment(
        doses: doses.map { Dose(day: $0[0], relative: $0[1]) }, eliminationPerDay: elimination,
        cycleDays: cycle, dosesPerCycle: perCycle))
  }
}

extension DosedKillRow.Agent {
  func immuneKill() -> ImmuneKill {
    ImmuneKill(
      killPerDay: kill,
      signal: ImmuneSignal(
        .injections(doses.map { Dose(day: $0[0], relative: $0[1]) }), intervalDays: interval,
        depotRate: depot, meanTransitDays: transit, compartments: compartments, lossRate: loss))
  }
}
