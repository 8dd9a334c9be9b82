/// One thing a benchmark computes, many times over where it is short.
public struct Workload {
  public let name: String
  let repeats: Int
  let work: () throws -> Double

  /// `work` answers a value peers have to find, too.
  public init(name: String, repeats: Int = 1, work: @escaping () throws -> Double) {
    self.name = name
    self.repeats = repeats
    self.work = work
  }

  /// The best of several rounds, in seconds for one time.
  func best(of rounds: Int) throws -> (seconds: Double, value: Double) {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000)
    var value = 0.0
    for _ in 0..<rounds {
      best = min(best, try clock.measure { for _ in 0..<repeats { value = try work() } })
    }
    return (best / .seconds(1) / Double(repeats), value)
  }
}
