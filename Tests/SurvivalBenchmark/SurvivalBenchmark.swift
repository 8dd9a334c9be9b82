import PeerTesting

/// Measures Kaplan-Meier curves, the log-rank test, Cox models and bootstrap medians, and compares
/// them with peers by time and by value.
///
/// Arguments are `WORKLOAD,PEER,SECONDS,VALUE`, one a peer and workload.
@main
struct SurvivalBenchmark {
  static func main() throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    try PeerComparison(try Subjects().workloads(), peers: peers, rounds: 9).run()
  }
}
