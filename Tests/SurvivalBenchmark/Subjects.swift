import PeerTesting
import TimeToEvent

/// 100,000 subjects by a formula every program can follow to the last bit.
struct Subjects {
  let arm, ecog: [Int]
  let age, untied, days: [Double]
  let occurred: [Bool]

  init() {
    let places = 0..<100_000
    let arm = places.map { $0 % 2 }
    let ecog = places.map { $0 % 3 }
    let age = places.map { 40 + 45 * ((Double($0 * 15_485_863 % 100_043) + 0.5) / 100_043) }
    let events = places.map { (place: Int) -> Double in
      let u = (Double(place * 7919 % 100_003) + 0.5) / 100_003
      let odds = 200 * u / (1 - u) * (1 + 0.4 * Double(arm[place]))
      return odds / (1 + 0.2 * Double(ecog[place])) * (120 / (60 + age[place]))
    }
    let censoring = places.map { 50 + 850 * ((Double($0 * 104_729 % 100_019) + 0.5) / 100_019) }
    (self.arm, self.ecog, self.age) = (arm, ecog, age)
    untied = places.map { min(events[$0], censoring[$0]) }
    days = untied.map { $0.rounded(.up) }
    occurred = places.map { events[$0] <= censoring[$0] }
  }
}

extension Subjects {
  /// What is computed of them, from columns in memory to the result.
  func workloads() throws -> [Workload] {
    try ofTimes("days", days) + ofTimes("untied", untied) + [bootstrap()]
  }

  private func ofTimes(_ label: String, _ times: [Double]) throws -> [Workload] {
    let arms = try Grouping(codes: arm, labels: ["control", "treated"])
    let apart = [0, 1].map { code in
      let own = times.indices.filter { arm[$0] == code }
      return (own.map { times[$0] }, own.map { occurred[$0] })
    }
    let covariates = try [
      Covariate("arm", arm.map(Double.init)), Covariate("age", age),
      Covariate("ecog", ecog.map(Double.init)),
    ]
    return [
      Workload(name: "kaplan-meier \(label)") {
        try apart.reduce(0) { sum, arm in
          let curve = KaplanMeier(try EventTimes(times: arm.0, occurred: arm.1))
          return sum + curve.point(at: 180).survival
        }
      },
      Workload(name: "log-rank \(label)") {
        let sample = try EventTimes(times: times, occurred: occurred)
        return try LogRankTest(sample, groups: arms).statistic
      },
      Workload(name: "cox \(label)") {
        let sample = try EventTimes(times: times, occurred: occurred)
        return try CoxModel(sample, covariates).coefficients.reduce(0) { $0 + $1.estimate }
      },
    ]
  }

  private func bootstrap() throws -> Workload {
    let sample = try EventTimes(
      times: Array(untied.prefix(200)), occurred: Array(occurred.prefix(200)))
    return Workload(name: "10,000 bootstrap medians of 200") {
      try BootstrapMedian(sample, replicates: 10_000, seed: 1).limits().upper
    }
  }
}
