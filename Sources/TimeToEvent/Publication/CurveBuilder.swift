/// The placing of a reconstructed curve's subjects, interval by interval.
struct CurveBuilder {
  private let curve: PublishedCurve
  private(set) var times: [Double] = []
  private(set) var occurred: [Bool] = []
  private var atRisk: Int
  /// The height of the reconstructed curve.
  private var height = 1.0

  init(_ curve: PublishedCurve) {
    self.curve = curve
    atRisk = curve.atRisk[0]
  }

  mutating func build() {
    let risks = curve.riskTimes
    for index in risks.indices {
      let start = risks[index]
      let points = curve.times.indices.filter {
        curve.times[$0] >= start
          && (index + 1 == risks.count || curve.times[$0] < risks[index + 1])
      }
      if index + 1 < risks.count {
        fill(points, start..<risks[index + 1], to: curve.atRisk[index + 1])
      } else {
        finish(points, from: start)
      }
    }
  }

  /// Places subjects so that `target` are left at the interval's end, as near as can be.
  private mutating func fill(_ points: [Int], _ interval: Range<Double>, to target: Int) {
    var best = trial(points, interval, censored: 0)
    var censored = 0
    // Each subject censored leaves at most one fewer: the search never needs to go back.
    while best.atRisk > target, censored < atRisk {
      censored += 1
      best = trial(points, interval, censored: censored)
    }
    self = best
  }

  /// After the last number at risk.
  private mutating func finish(_ points: [Int], from start: Double) {
    guard let last = points.last, atRisk > 0 else { return censorRest(at: start) }
    let interval = start..<max(curve.times[last], start.nextUp)
    let soFar = times.count - occurred.count { $0 }
    let rate = start > 0 ? Double(soFar) / start : 0
    var censored = min(atRisk, Int((rate * (interval.upperBound - interval.lowerBound)).rounded()))
    var best = trial(points, interval, censored: censored)
    if let total = curve.totalEvents {
      censored =
        (0...atRisk).min { first, second in
          missed(points, interval, first, total) < missed(points, interval, second, total)
        } ?? censored
      best = trial(points, interval, censored: censored)
    }
    self = best
    censorRest(at: curve.times[last])
  }

  private func missed(
    _ points: [Int], _ interval: Range<Double>, _ censored: Int, _ total: Int
  ) -> Int {
    let trial = trial(points, interval, censored: censored)
    return (trial.occurred.count { $0 } - total).magnitude.asInt
  }

  private mutating func censorRest(at time: Double) {
    for _ in 0..<atRisk { place(time, false) }
  }

  private mutating func place(_ time: Double, _ event: Bool) {
    times.append(time)
    occurred.append(event)
    atRisk -= 1
  }

  /// This builder after an interval in which so many are censored, at equal distances.
  private func trial(_ points: [Int], _ interval: Range<Double>, censored: Int) -> Self {
    var trial = self
    let step = (interval.upperBound - interval.lowerBound) / Double(censored + 1)
    var next = 1
    for point in points {
      let time = curve.times[point]
      while next <= censored, trial.atRisk > 0,
        interval.lowerBound + Double(next) * step < time
      {
        trial.place(interval.lowerBound + Double(next) * step, false)
        next += 1
      }
      trial.drop(to: curve.survival[point], at: time)
    }
    while next <= censored, trial.atRisk > 0 {
      trial.place(interval.lowerBound + Double(next) * step, false)
      next += 1
    }
    return trial
  }

  /// As many events as bring the curve nearest to `target`.
  private mutating func drop(to target: Double, at time: Double) {
    guard atRisk > 0, height > 0, target < height else { return }
    let events = Int((Double(atRisk) * (1 - target / height)).rounded())
    guard events > 0 else { return }
    height *= 1 - Double(events) / Double(atRisk)
    for _ in 0..<events { place(time, true) }
  }
}

extension UInt {
  fileprivate var asInt: Int { Int(clamping: self) }
}
