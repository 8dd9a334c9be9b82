/// Looks for the kill rate, and the hazard, of a ``Calibration``.
struct CalibrationSearch {
  struct Solution {
    let killPerDay, newLesionHazard: Double
    let outcome: ControlPatients.Outcome
  }

  let target: CalibrationTarget
  let patients: ControlPatients

  /// Solves the kill rate at a given hazard.
  func solve(newLesionHazard hazard: Double) throws(TumorDynamicsError) -> Solution {
    let reach = Calibration.killRates
    func falls(_ kill: Double) -> Bool {
      responseRate(kill, hazard) < target.responseRate
    }
    var (low, high) = (0.005, 0.005)
    while !falls(low) {
      guard low > reach.lowerBound else { throw outOfReach(hazard) }
      (high, low) = (low, max(low / 1.6, reach.lowerBound))
    }
    while falls(high) {
      guard high < reach.upperBound else { throw outOfReach(hazard) }
      (low, high) = (high, min(high * 1.6, reach.upperBound))
    }
    while high / low > 1 + 1e-4 {
      let middle = (low * high).squareRoot()
      if falls(middle) { low = middle } else { high = middle }
    }
    return Solution(
      killPerDay: high, newLesionHazard: hazard,
      outcome: patients.outcome(killPerDay: high, newLesionHazard: hazard))
  }

  /// Solves the hazard so that, with the kill rate it needs, the progression-free share is met.
  ///
  /// A hazard at which too few can respond, whatever the kill rate, is too high.
  func solve(
    progressionFree goal: CalibrationTarget.ProgressionFree
  ) throws(TumorDynamicsError) -> Solution {
    let most = share(at: goal.day, try solve(newLesionHazard: 0).outcome)
    func isTooHigh(_ hazard: Double) -> Bool {
      guard let solution = try? solve(newLesionHazard: hazard) else { return true }
      return share(at: goal.day, solution.outcome) < goal.share
    }
    var (low, high) = (0.0, 0.001)
    while most >= goal.share, high < Calibration.largestHazard, !isTooHigh(high) {
      (low, high) = (high, high * 2)
    }
    while high - low > 1e-4 * high {
      let middle = (low + high) / 2
      if isTooHigh(middle) { high = middle } else { low = middle }
      if high < 1e-7 { break }
    }
    let solution = try solve(newLesionHazard: low)
    let met = share(at: goal.day, solution.outcome)
    guard (met - goal.share).magnitude < 0.01 else {
      throw .progressionFreeShareOutOfReach(
        share: goal.share, day: goal.day, lowest: min(met, most), highest: most)
    }
    return solution
  }

  private func outOfReach(_ hazard: Double) -> TumorDynamicsError {
    .responseRateOutOfReach(
      rate: target.responseRate,
      lowest: responseRate(Calibration.killRates.lowerBound, hazard),
      highest: responseRate(Calibration.killRates.upperBound, hazard))
  }

  private func responseRate(_ kill: Double, _ hazard: Double) -> Double {
    let outcome = patients.outcome(killPerDay: kill, newLesionHazard: hazard)
    return Double(outcome.responders) / Double(patients.count)
  }

  /// The progression-free share on a day, on a straight line between scans.
  private func share(at day: Double, _ outcome: ControlPatients.Outcome) -> Double {
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
