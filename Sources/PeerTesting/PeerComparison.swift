/// Measures workloads and prints them beside what peers took, as ratios.
public struct PeerComparison {
  let workloads: [Workload]
  let peers: [Peer]
  let rounds: Int

  public init(_ workloads: [Workload], peers: [Peer], rounds: Int) {
    self.workloads = workloads
    self.peers = peers
    self.rounds = rounds
  }

  /// - Throws: ``PeerProblem`` where a peer found something else, and what a workload throws.
  public func run() throws {
    for workload in workloads {
      let (seconds, value) = try workload.best(of: rounds)
      print(workload.name)
      print("  doublet".padded(36) + Self.time(seconds))
      for peer in peers where peer.workload == workload.name {
        print(
          "  \(peer.name)".padded(36) + Self.time(peer.seconds).padded(16)
            + "\((peer.seconds / seconds * 10).rounded() / 10) times doublet, "
            + (try peer.agreement(with: value)))
      }
    }
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 1e-3
      ? "\((seconds * 1e7).rounded() / 10) us" : "\((seconds * 1e5).rounded() / 100) ms"
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
