import PeerTesting
import Statistics

/// Measures exact intervals and tests, and compares them with peers by time and by value.
///
/// Arguments are `WORKLOAD,PEER,SECONDS,VALUE`, one a peer and workload.
@main
struct ExactBenchmark {
  static func main() throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    try PeerComparison(try workloads(), peers: peers, rounds: 5).run()
  }

  private static func workloads() throws -> [Workload] {
    let counts = try (0..<10_000).map { index in
      let patients = 10 + index % 91
      return try ResponseCount(responders: index * 7 % (patients + 1), patients: patients)
    }
    let intervals = Workload(name: "clopper-pearson", repeats: 3) {
      try counts.reduce(0) { sum, count in
        let interval = try ProportionInterval(count)
        return sum + interval.lower + interval.upper
      }
    }
    return try [intervals]
      + [(15, 30, 61, 243, 50), (150, 300, 120, 300, 5)].flatMap { x1, n1, x2, n2, repeats in
        let table = ContingencyTable(
          treated: try ResponseCount(responders: x1, patients: n1),
          control: try ResponseCount(responders: x2, patients: n2))
        let label = "\(x1)/\(n1) v \(x2)/\(n2)"
        // SciPy's two-sided Boschloo is the doubled one-sided test.
        return [("barnard", TwoSampleTest.Method.barnard), ("boschloo", .boschlooCentral)].map {
          name, method in
          Workload(name: "\(name) \(label)", repeats: repeats) {
            try TwoSampleTest(table).pValue(method)
          }
        }
      }
  }
}
