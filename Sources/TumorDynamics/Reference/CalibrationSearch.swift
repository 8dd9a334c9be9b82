internal import Glibc

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
    func excess(_ logKill: Double) -> Double {
      responseRate(exp(logKill), hazard) - target.responseRate
    }
    var low = (place: log(0.005), excess: excess(log(0.005)))
    var high = low
    while low.excess >= 0 {
      guard low.place > log(reach.lowerBound) else { throw outOfReach(hazard) }
      let next = max(low.place - Self.stride, log(reach.lowerBound))
      (high, low) = (low, (next, excess(next)))
    }
    while high.excess < 0 {
      guard high.place < log(reach.upperBound) else { throw outOfReach(hazard) }
      let next = min(high.place + Self.stride, log(reach.upperBound))
      (low, high) = (high, (next, excess(next)))
    }
    let kill = exp(Self.crossing(from: low, to: high, of: excess))
    return Solution(
      killPerDay: kill, newLesionHazard: hazard,
      outcome: patients.outcome(killPerDay: kill, newLesionHazard: hazard))
  }

  private static let stride = log(1.6)

  /// Where a rising step function, below 0 at `low` and not at `high`, passes 0, to 1e-4 and not
  /// below it.
  ///
  /// Each step is put where a straight line says, but so far past it that the point lies likely on
  /// the other side and both ends close in; where that does not halve the distance, the next step
  /// is to the middle.
  private static func crossing(
    from start: (place: Double, excess: Double), to end: (place: Double, excess: Double),
    of excess: (Double) -> Double
  ) -> Double {
    var (low, high) = (start, end)
    var bisects = false
    while high.place - low.place > 1e-4 {
      let width = high.place - low.place
      let share = -low.excess / (high.excess - low.excess)
      let beyond = max(0.02, 5e-5 / width) * (share < 0.5 ? 1 : -1)
      let place = low.place + width * (bisects ? 0.5 : min(max(share + beyond, 0.02), 0.98))
      let found = (place: place, excess: excess(place))
      if found.excess < 0 { low = found } else { high = found }
      bisects = high.place - low.place > width / 2
    }
    return high.place
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

  private func share(at day: Double, _ outcome: ControlPatients.Outcome) -> Double {
    target.schedule.share(outcome.progressionFree, at: day)
  }
}
