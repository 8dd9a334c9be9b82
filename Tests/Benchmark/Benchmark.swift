import Glibc

/// Compares the daemon with servers that run beside it.
///
/// Arguments are `doublet=SOCKET pid=PID` and, for the peers that are there, `redis=SOCKET`,
/// `rserve=SOCKET`, `postgres=SOCKET`. Latencies of one client have two states on a virtual
/// machine, as the other core sleeps or not; each figure is the best of five rounds in which the
/// servers take turns, and what counts are the ratios.
@main
struct Benchmark {
  static func main() throws {
    let settings = Dictionary(
      CommandLine.arguments.dropFirst().compactMap { argument -> (String, String)? in
        let parts = argument.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }, uniquingKeysWith: { _, last in last })
    guard let socket = settings["doublet"], let pid = settings["pid"] else {
      throw BenchmarkFailure(description: "usage: Benchmark doublet=SOCKET pid=PID [redis=SOCKET]…")
    }
    let peers: [Conversation] = [
      settings["redis"].map(Conversation.redis), settings["rserve"].map(Conversation.rserve),
      settings["postgres"].map(Conversation.postgres),
    ].compactMap(\.self)
    try compareLatency(socket, peers)
    try compareThroughput(socket, settings["redis"])
    try measureMemory(socket, pid)
  }

  private static func ping(_ socket: String) -> Conversation {
    .doublet("ping", socket) { _ in "ping" }
  }

  private static func fresh(_ socket: String) -> Conversation {
    .doublet("response-rate, fresh", socket) {
      "response-rate \($0 % 31)/30 control=0.25 fresh=yes"
    }
  }

  private static func stored(_ socket: String) -> Conversation {
    .doublet("response-rate, stored", socket) { _ in "response-rate 15/30 control=0.25" }
  }

  private static func compareLatency(_ socket: String, _ peers: [Conversation]) throws {
    print("Latency of one client, microseconds (best of 5 rounds of each)")
    var lines = [(ping(socket), 2000)] + peers.map { ($0, 2000) }
    lines += [(fresh(socket), 200), (stored(socket), 500)]
    var best = [Latency?](repeating: nil, count: lines.count)
    for _ in 0..<5 {
      for (index, (conversation, requests)) in lines.enumerated() {
        let latency = try Latency(conversation, requests: requests)
        if latency.median < best[index]?.median ?? .infinity { best[index] = latency }
      }
    }
    let pingMedian = best[0]?.median ?? .nan
    for ((conversation, _), latency) in zip(lines, best) {
      guard let latency else { continue }
      print(
        row(conversation.name, latency.median, latency.p99)
          + "  ping is \(rounded(pingMedian / latency.median)) of it")
    }
  }

  private static func compareThroughput(_ socket: String, _ redis: String?) throws {
    print("\nRequests a second (best of 3)")
    for connections in [1, 50] {
      var rates: [(String, Double)] = []
      for conversation in [ping(socket)] + (redis.map { [.redis($0)] } ?? []) {
        let best = try (0..<3).map { _ in
          try throughput(conversation, connections: connections, requests: 2000 * (connections + 9))
        }.max()
        rates.append((conversation.name, best ?? .nan))
      }
      for (name, rate) in rates {
        print(
          "  \(name), \(connections) connections".padded(44) + rounded(rate, places: 0)
            + "  \(rounded(rate / (rates.last?.1 ?? .nan))) of \(rates.last?.0 ?? "")")
      }
      let runs = try throughput(fresh(socket), connections: connections, requests: 500)
      print(
        "  doubletd response-rate, fresh, \(connections) connections".padded(44)
          + rounded(runs, places: 0))
    }
  }

  private static func measureMemory(_ socket: String, _ pid: String) throws {
    let before = try residentMemory(of: pid)
    _ = try throughput(ping(socket), connections: 10, requests: 90_000)
    _ = try throughput(stored(socket), connections: 10, requests: 10_000)
    let after = try residentMemory(of: pid)
    print(
      "\nResident memory: \(rounded(before, places: 1)) MiB, after 100,000 more requests"
        + " \(rounded(after, places: 1)) MiB (\(rounded((after / before - 1) * 100, places: 1)) %)")
  }

  private static func row(_ name: String, _ median: Double, _ p99: Double) -> String {
    "  \(name)".padded(32) + "median \(rounded(median, places: 1))".padded(18)
      + "p99 \(rounded(p99, places: 1))".padded(14)
  }

  private static func rounded(_ value: Double, places: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded() / scale
    return places == 0 && scaled.magnitude < 1e15 ? "\(Int(scaled))" : "\(scaled)"
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
