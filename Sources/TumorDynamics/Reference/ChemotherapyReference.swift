/// What a temporal split shows under chemotherapy alone: a parametric bootstrap.
///
/// For each decay rate of the kill the model is calibrated to the control's response rate, and
/// trials with as many contributing patients as the observed one are simulated on its scan days.
/// The decay rate is not known: no trial with a single arm identifies it, and the answer hangs on
/// it. So there is no single *p*-value here, only one for each rate of a sweep.
package struct ChemotherapyReference: Sendable {
  /// From a slow decay to that published for carboplatin and paclitaxel in lung cancer, per day.
  package static let decayRates = [0.008, 0.012, 0.016, 0.0193]

  package let target: CalibrationTarget
  package let schedule: ScanSchedule
  package let earlyDay, lateDay, patients, replicates: Int
  package let decayRates: [Double]
  package let seed: UInt64
  package let model: ChemotherapyModel
  package let rule: SplitRule
  package let calibrationPatients: Int

  /// Checks everything but whether the response rate can be reached.
  ///
  /// - Parameters:
  ///   - responseRate: The control's response rate, unconfirmed, among all patients.
  ///   - scanDays: The days of the trial's own scans, up to the late one at least.
  ///   - earlyDay: The scan day that ends the early window.
  ///   - lateDay: The scan day that ends the late window.
  ///   - patients: How many patients contribute a late change.
  ///   - decayRates: The rates to sweep, per day.
  ///   - replicates: How many trials to simulate at each rate.
  ///   - seed: The same seed gives the same bits.
  ///   - model: The patients, but for the kill rate and its decay.
  ///   - rule: Which patients contribute.
  ///   - control: The control's own scans and progression, where they are known; without, it is
  ///     taken to be scanned as the trial is and the model's new-lesion hazard is kept.
  ///   - calibrationPatients: How many patients the response rate is met with.
  /// - Throws: ``TumorDynamicsError``.
  package init(
    responseRate: Double, scanDays: [Int], earlyDay: Int, lateDay: Int, patients: Int,
    decayRates: [Double] = Self.decayRates, replicates: Int = 10_000, seed: UInt64,
    model: ChemotherapyModel = .standard, rule: SplitRule = .scannedAtBoth,
    control: (scanDays: [Int], progressionFree: CalibrationTarget.ProgressionFree?)? = nil,
    calibrationPatients: Int = 20_000
  ) throws(TumorDynamicsError) {
    guard !decayRates.isEmpty else { throw .noDecayRates }
    guard replicates >= 2 else { throw .tooFewReplicates(replicates) }
    schedule = try ScanSchedule(scanDays)
    target = CalibrationTarget(
      responseRate: responseRate, progressionFree: control?.progressionFree,
      schedule: try control.map { control throws(TumorDynamicsError) in
        try ScanSchedule(control.scanDays)
      } ?? schedule)
    try target.check()
    self.earlyDay = earlyDay
    self.lateDay = lateDay
    self.patients = patients
    self.decayRates = decayRates
    self.replicates = replicates
    self.seed = seed
    self.model = model
    self.rule = rule
    self.calibrationPatients = calibrationPatients
    // Refuses what cannot be simulated before anything is.
    for rate in decayRates {
      _ = try trials(of: model, under: Treatment(killPerDay: 0.005, decayPerDay: rate))
    }
  }

  /// Simulates the trials of every decay rate.
  ///
  /// - Parameters:
  ///   - tests: Tests whose size under chemotherapy alone is wanted.
  ///   - level: A test rejects where its *p*-value is at most this.
  /// - Returns: One result for each decay rate, in the order given.
  /// - Throws: ``TumorDynamicsError``, and `CancellationError`.
  package func sweep(tests: [SplitTest] = [], level: Double = 0.05) async throws
    -> [ReferenceAtRate]
  {
    let calibrations = try await calibrate()
    let arms = try calibrations.map { calibration in
      try trials(
        of: calibration.model,
        under: Treatment(
          killPerDay: calibration.killPerDay, decayPerDay: calibration.decayPerDay))
    }
    let splits = try await SimulatedSweep(arms).splits(
      replicates: 0..<replicates, seed: seed, tests: tests, level: level)
    return zip(calibrations, splits).map { calibration, splits in
      ReferenceAtRate(calibration, splits, contributors: patients, tests: tests, level: level)
    }
  }

  /// One calibration for each decay rate, side by side.
  package func calibrate() async throws -> [Calibration] {
    try await withThrowingTaskGroup(of: (Int, Calibration).self) { group in
      for (place, rate) in decayRates.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (
            place,
            try Calibration(
              to: target, decayPerDay: rate, model: model, patients: calibrationPatients,
              seed: seed)
          )
        }
      }
      var found: [(Int, Calibration)] = []
      for try await result in group { found.append(result) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func trials(
    of model: ChemotherapyModel, under treatment: Treatment
  ) throws(TumorDynamicsError) -> SimulatedTrials {
    try SimulatedTrials(
      of: VirtualPatients(model, under: treatment, schedule: schedule), earlyDay: earlyDay,
      lateDay: lateDay, contributors: patients, rule: rule)
  }
}
