internal import Glibc
internal import RECIST
internal import TrialDesign

/// The patients a ``Calibration`` follows again and again.
struct CalibrationPopulation {
  struct Outcome {
    var responders = 0
    var progressionFree: [Double] = []
  }

  struct Solution {
    let model: ChemotherapyModel
    let kill: Double
    let outcome: Outcome
  }

  let target: CalibrationTarget
  let decayPerDay: Double
  private let draws: [PatientDraw]

  init(target: CalibrationTarget, decayPerDay: Double, patients: Int, seed: UInt64) {
    self.target = target
    self.decayPerDay = decayPerDay
    // The last replicate is kept for calibration: no simulated trial has so many before it.
    draws = (0..<patients).map {
      PatientDraw(RandomStream(seed: seed, replicate: .max, patient: $0))
    }
  }

  /// Solves the kill rate at the model's own hazard.
  func solve(_ model: ChemotherapyModel) throws(TumorDynamicsError) -> Solution {
    let (lowest, highest) = (Calibration.killRates.lowerBound, Calibration.killRates.upperBound)
    var low = 0.005
    var high = low
    while try share(model, low) >= target.responseRate {
      guard low > lowest else { throw try outOfReach(model) }
      (high, low) = (low, max(low / 1.6, lowest))
    }
    while try share(model, high) < target.responseRate {
      guard high < highest else { throw try outOfReach(model) }
      (low, high) = (high, min(high * 1.6, highest))
    }
    while high / low > 1 + 1e-5 {
      let middle = (low * high).squareRoot()
      if try share(model, middle) < target.responseRate { low = middle } else { high = middle }
    }
    return Solution(model: model, kill: high, outcome: try outcome(model, high))
  }

  /// Solves the hazard so that, with the kill rate it needs, the progression-free share is met.
  func solve(
    _ model: ChemotherapyModel, progressionFree goal: CalibrationTarget.ProgressionFree
  ) throws(TumorDynamicsError) -> Solution {
    var (low, high) = (Calibration.hazards.lowerBound, 0.001)
    let most = share(at: goal.day, try solve(model.withHazard(low)).outcome)
    var least = most
    while true {
      guard let solution = try reachable(model.withHazard(high)) else { break }
      least = share(at: goal.day, solution.outcome)
      if least < goal.share || high >= Calibration.hazards.upperBound { break }
      (low, high) = (high, high * 2)
    }
    guard most >= goal.share, least < goal.share || low > 0 else {
      throw .progressionFreeShareOutOfReach(
        share: goal.share, day: goal.day, lowest: least, highest: most)
    }
    while high - low > 1e-5 * high {
      let middle = (low + high) / 2
      let solution = try reachable(model.withHazard(middle))
      if let solution, share(at: goal.day, solution.outcome) >= goal.share {
        low = middle
      } else {
        high = middle
      }
    }
    let solution = try solve(model.withHazard(low))
    let met = share(at: goal.day, solution.outcome)
    guard (met - goal.share).magnitude < 0.01 else {
      throw .progressionFreeShareOutOfReach(
        share: goal.share, day: goal.day, lowest: met, highest: most)
    }
    return solution
  }

  /// The solution at a hazard, or nothing where so many new lesions leave no way to respond.
  private func reachable(_ model: ChemotherapyModel) throws(TumorDynamicsError) -> Solution? {
    do {
      return try solve(model)
    } catch .responseRateOutOfReach {
      return nil
    }
  }

  private func outOfReach(_ model: ChemotherapyModel) throws(TumorDynamicsError)
    -> TumorDynamicsError
  {
    .responseRateOutOfReach(
      rate: target.responseRate, lowest: try share(model, Calibration.killRates.lowerBound),
      highest: try share(model, Calibration.killRates.upperBound))
  }

  private func share(_ model: ChemotherapyModel, _ kill: Double) throws(TumorDynamicsError)
    -> Double
  {
    Double(try outcome(model, kill).responders) / Double(draws.count)
  }

  /// Follows every patient to the first PD.
  private func outcome(_ model: ChemotherapyModel, _ kill: Double) throws(TumorDynamicsError)
    -> Outcome
  {
    let patients = try VirtualPatients(
      model, under: Treatment(killPerDay: kill, decayPerDay: decayPerDay),
      schedule: target.schedule)
    var outcome = Outcome()
    var free = [Int](repeating: 0, count: target.schedule.days.count)
    var evaluable = 0
    for draw in draws {
      var responds = false
      var isScanned = false
      var scans = patients.follow(draw)
      while let scan = scans.next() {
        isScanned = true
        if scan.response == .progressiveDisease { break }
        free[scan.index] += 1
        if scan.response == .partialResponse { responds = true }
      }
      if responds { outcome.responders += 1 }
      if isScanned { evaluable += 1 }
    }
    outcome.progressionFree = free.map { Double($0) / Double(max(evaluable, 1)) }
    return outcome
  }

  /// The progression-free share on a day, on a straight line between scans.
  private func share(at day: Double, _ outcome: Outcome) -> Double {
    var before = (day: 0.0, share: 1.0)
    for (scanDay, share) in zip(target.schedule.days, outcome.progressionFree) {
      let scan = (day: Double(scanDay), share: share)
      if day <= scan.day {
        let part = (day - before.day) / (scan.day - before.day)
        return before.share + part * (scan.share - before.share)
      }
      before = scan
    }
    return before.share
  }
}

extension ChemotherapyModel {
  fileprivate func withHazard(_ hazard: Double) -> Self {
    var model = self
    model.newLesionHazard = ModelConstant(
      newLesionHazard.name, hazard, unit: newLesionHazard.unit, .calibrated,
      "solved together with the kill rate")
    return model
  }
}
