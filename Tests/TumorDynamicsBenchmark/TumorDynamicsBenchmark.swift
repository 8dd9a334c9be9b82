import PeerTesting
import TumorDynamics

/// Measures virtual populations and compares them with peers by time and by value, then trials.
///
/// Arguments are `WORKLOAD,PEER,SECONDS,VALUE`, one a peer and workload; the value is the mean sum
/// of diameters at week 24.
@main
struct TumorDynamicsBenchmark {
  static func main() async throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    try PeerComparison(try workloads(), peers: peers, rounds: 5).run()
    try await VirtualTrials.measure()
  }

  private static func workloads() throws -> [Workload] {
    let (ten, hundred) = (Patients(10_000).cohort, Patients(100_000).cohort)
    let dosed = try CombinationTreatment.dosed()
    return [
      work("plain 10000", .plain, ten), work("dosed 10000", dosed, ten),
      work("plain 10000 into new memory", .plain, ten, fresh: true),
      work("dosed 10000 into new memory", dosed, ten, fresh: true),
      work("dosed 100000", dosed, hundred),
      work("dosed 100000 on two cores", dosed, hundred, cores: 2),
    ]
  }

  /// Schedules, immune signal and all; the table of sums is used again unless it is to be fresh.
  private static func work(
    _ name: String, _ treatment: CombinationTreatment, _ cohort: Cohort, cores: Int = 1,
    fresh: Bool = false
  ) -> Workload {
    let weeks = (1...24).map { Double(7 * $0) }
    var table: SumTable?
    return Workload(name: name) {
      let trajectories = try CohortTrajectories(under: treatment, days: weeks)
      if !fresh, var used = table.take() {
        trajectories.fill(&used, with: cohort, cores: cores)
        table = used
      } else {
        table = trajectories.sums(of: cohort, cores: cores)
      }
      return table?.mean(onDay: 23) ?? 0
    }
  }
}
