import TumorDynamics

/// Measures the chemotherapy-only reference: 10,000 trials of 30 patients at one decay rate.
@main
struct TemporalReferenceBenchmark {
  static func main() async throws {
    let reference = try ChemotherapyReference(
      responseRate: 0.39, scanDays: [84, 168], earlyDay: 84, lateDay: 168, patients: 30, seed: 1)
    let clock = ContinuousClock()
    for _ in 0..<3 {
      var text = ""
      let time = try await clock.measure {
        for rate in try await reference.sweep() {
          text +=
            "  \(rate.decayPerDay) KD \(rate.calibration.killPerDay) share \(rate.shrinkingShare.mean)"
            + " mean r2 \(rate.meanLateChange.mean) contributing \(rate.contributingShare.value)\n"
        }
      }
      print(time)
      print(text)
    }
  }
}
