import TumorDynamics

/// Measures the chemotherapy-only reference: four decay rates, each with its calibration and 10,000
/// trials of 30 patients, beside NumPy doing the same.
///
/// Arguments are `PEER,SECONDS,SHARE…`, one a peer, with the mean share still shrinking at each rate.
@main
struct TemporalReferenceBenchmark {
  static func main() async throws {
    let peers = try CommandLine.arguments.dropFirst().map(Peer.init)
    let reference = try ChemotherapyReference(
      responseRate: 0.39, scanDays: [84, 168], earlyDay: 84, lateDay: 168, patients: 30,
      replicates: 10_000, seed: 1)
    var best = Duration.seconds(1_000)
    var shares: [Double] = []
    for _ in 0..<5 {
      let time = try await ContinuousClock().measure {
        shares = try await reference.sweep().map(\.shrinkingShare.mean)
      }
      best = min(best, time)
    }
    let seconds = best / .seconds(1)
    let rates = reference.decayRates.count
    print("Chemotherapy-only reference, \(rates) decay rates by 10,000 trials of 30 patients")
    print("  doublet".padded(24) + milliseconds(seconds))
    print("    for one rate".padded(24) + milliseconds(seconds / Double(rates)))
    for peer in peers {
      try peer.check(shares)
      print(
        "  \(peer.name)".padded(24) + milliseconds(peer.seconds).padded(14)
          + "\((peer.seconds / seconds * 10).rounded() / 10) times doublet, shares agree")
    }
  }

  private static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 1e4).rounded() / 10) ms"
  }
}

/// What another program took, and what it found.
struct Peer {
  let name: String
  let seconds: Double
  let shares: [Double]

  init(_ text: String) throws {
    let parts = text.split(separator: ",").map(String.init)
    let numbers = parts.dropFirst().compactMap(Double.init)
    guard parts.count > 2, numbers.count == parts.count - 1 else {
      throw Failure(description: "\(text) is not PEER,SECONDS,SHARE…")
    }
    name = parts[0]
    seconds = numbers[0]
    shares = Array(numbers.dropFirst())
  }

  /// Both met the response rate with 20,000 patients of their own, whose error moves the share by
  /// less than .02.
  func check(_ ours: [Double]) throws {
    guard shares.count == ours.count, zip(shares, ours).allSatisfy({ abs($0 - $1) < 0.02 }) else {
      throw Failure(description: "\(name) found shares \(shares), not \(ours)")
    }
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
