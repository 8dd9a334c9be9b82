import Statistics

/// Measures exact intervals and tests, and compares them with peers by time and by value.
///
/// Arguments are `WORKLOAD,PEER,SECONDS,VALUE`, one a peer and workload.
@main
struct ExactBenchmark {
  static func main() throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    for workload in try Workload.all() {
      let (seconds, value) = try workload.best()
      print(workload.name)
      print("  doublet".padded(32) + microseconds(seconds))
      for peer in peers where peer.workload == workload.name {
        print(
          "  \(peer.name)".padded(32) + microseconds(peer.seconds).padded(16)
            + "\((peer.seconds / seconds * 10).rounded() / 10) times doublet, "
            + (try peer.agreement(with: value)))
      }
    }
  }

  private static func microseconds(_ seconds: Double) -> String {
    "\((seconds * 1e7).rounded() / 10) us"
  }
}

/// One thing that is computed, many times over where it is short.
struct Workload {
  let name: String
  let repeats: Int
  let work: () throws -> Double

  /// The best of five rounds, in seconds for one.
  func best() throws -> (seconds: Double, value: Double) {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000)
    var value = 0.0
    for _ in 0..<5 {
      let time = try clock.measure { for _ in 0..<repeats { value = try work() } }
      best = min(best, time)
    }
    return (best / .seconds(1) / Double(repeats), value)
  }

  static func all() throws -> [Self] {
    let counts = try (0..<10_000).map { index in
      let patients = 10 + index % 91
      return try ResponseCount(responders: index * 7 % (patients + 1), patients: patients)
    }
    let intervals = Self(name: "clopper-pearson", repeats: 3) {
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
          Self(name: "\(name) \(label)", repeats: repeats) {
            try TwoSampleTest(table).pValue(method)
          }
        }
      }
  }
}

/// What another program took, and what it found.
struct Peer {
  let workload, name: String
  let seconds, value: Double

  init(_ text: String) throws {
    let parts = text.split(separator: ",").map(String.init)
    guard parts.count == 4, let seconds = Double(parts[2]), let value = Double(parts[3]) else {
      throw Failure(description: "\(text) is not WORKLOAD,PEER,SECONDS,VALUE")
    }
    (workload, name) = (parts[0], parts[1])
    (self.seconds, self.value) = (seconds, value)
  }

  /// How far the values agree; peers search a grid, so one part in a million is the same value.
  func agreement(with ours: Double) throws -> String {
    let difference = (ours - value).magnitude / ours
    guard difference < 1e-6 else {
      throw Failure(description: "\(name) found \(value) for \(workload), not \(ours)")
    }
    return "values agree to \(difference < 1e-10 ? "1e-10" : difference < 1e-8 ? "1e-8" : "1e-6")"
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

extension String {
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
