import TimeToEvent

/// Measures Kaplan-Meier curves, the log-rank test, Cox models and bootstrap medians, and compares
/// them with peers by time and by value.
///
/// Arguments are `WORKLOAD,PEER,SECONDS,VALUE`, one a peer and workload.
@main
struct SurvivalBenchmark {
  static func main() throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    for workload in try Workload.all() {
      let (seconds, value) = try workload.best()
      print(workload.name)
      print("  doublet".padded(36) + milliseconds(seconds))
      for peer in peers where peer.workload == workload.name {
        print(
          "  \(peer.name)".padded(36) + milliseconds(peer.seconds).padded(16)
            + "\((peer.seconds / seconds * 10).rounded() / 10) times doublet, "
            + (try peer.agreement(with: value)))
      }
    }
  }

  private static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 1e5).rounded() / 100) ms"
  }
}
