/// A survival curve, or one of its limits, as steps.
///
/// Times at which the height is not defined are left out; so are those at which it does not change.
struct StepCurve {
  /// Which of the three curves is read: SAS reads them differently.
  enum Kind { case estimate, lower, upper }

  static let tolerance = 0x1p-26

  private let times: [Double]
  private let heights: [Double]
  /// The last time followed, whether the height changes there or not.
  private let end: Double
  private let isDefinedAtEnd: Bool

  init(times: [Double], heights: [Double?]) {
    var steps = [(time: 0.0, height: 1.0)]
    for (time, height) in zip(times, heights) {
      if let height, height != steps[steps.count - 1].height { steps.append((time, height)) }
    }
    self.times = steps.map(\.time)
    self.heights = steps.map(\.height)
    end = times[times.count - 1]
    isDefinedAtEnd = heights[heights.count - 1] != nil
  }

  func time(at height: Double, _ rule: SurvivalQuantile.Rule, of kind: Kind) -> Double? {
    switch rule {
    case .r: highestTime(at: height)
    case .rSummary: firstTime(at: height)
    case .sas: lifetestTime(at: height, kind)
    }
  }

  /// R's `findq`: the step nearest below the height, which is the first one below it unless the
  /// curve rises again, as an upper limit may.
  private func highestTime(at height: Double) -> Double? {
    guard let reached = highest(atMost: height + Self.tolerance) else { return nil }
    let final = heights[heights.count - 1]
    if isDefinedAtEnd, (final - height).magnitude < Self.tolerance {
      return (times[reached] + end) / 2
    }
    return highest(atMost: height - Self.tolerance).map { (times[reached] + times[$0]) / 2 }
  }

  private func highest(atMost height: Double) -> Int? {
    var found: Int?
    for (index, candidate) in heights.enumerated() where candidate <= height {
      if found.map({ candidate > heights[$0] }) ?? true { found = index }
    }
    return found
  }

  /// R's `minmin`.
  private func firstTime(at height: Double) -> Double? {
    guard let reached = heights.firstIndex(where: { $0 < height + Self.tolerance }) else {
      return nil
    }
    let isLevel = (heights[reached] - height).magnitude < Self.tolerance
    let below = heights[reached...].firstIndex { $0 < heights[reached] }
    guard isLevel, let below else { return times[reached] }
    return (times[reached] + times[below]) / 2
  }

  private func lifetestTime(at height: Double, _ kind: Kind) -> Double? {
    let reached = heights.firstIndex { $0 <= height + Self.tolerance }
    let below = heights.firstIndex { $0 < height - Self.tolerance }
    switch kind {
    case .lower: return reached.map { times[$0] }
    case .upper: return below.map { times[$0] }
    case .estimate:
      guard let reached, let below else { return nil }
      return (times[reached] + times[below]) / 2
    }
  }
}
