/// A confidence interval for an objective response rate.
public struct ProportionInterval: Sendable, Hashable {
  public let count: ResponseCount
  public let level: Double
  public let method: Method
  public let lower: Double
  public let upper: Double

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public init(
    _ count: ResponseCount, level: Double = 0.95, method: Method = .clopperPearson
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.count = count
    self.level = level
    self.method = method
    (lower, upper) = method.limits(for: count, alpha: 1 - level)
  }

  public func contains(_ rate: Double) -> Bool { lower <= rate && rate <= upper }
}

extension ProportionInterval.Method {
  fileprivate func limits(for count: ResponseCount, alpha: Double) -> (Double, Double) {
    switch self {
    case .clopperPearson: clopperPearsonLimits(for: count, alpha: alpha)
    case .wilson: wilsonLimits(for: count, deviate: normalDeviate(upperTail: alpha / 2))
    case .wilsonContinuityCorrected:
      correctedWilsonLimits(for: count, deviate: normalDeviate(upperTail: alpha / 2))
    case .propTest:
      correctedWilsonLimits(
        for: count, deviate: normalDeviate(upperTail: alpha / 2),
        correction: min(0.5, Double((2 * count.responders - count.patients).magnitude) / 2))
    case .jeffreys: jeffreysLimits(for: count, alpha: alpha)
    case .jeffreysRaw:
      (
        betaQuantile(
          lowerTail: alpha / 2, Double(count.responders) + 0.5, Double(count.nonResponders) + 0.5),
        betaQuantile(
          upperTail: alpha / 2, Double(count.responders) + 0.5, Double(count.nonResponders) + 0.5)
      )
    case .agrestiCoull:
      agrestiCoullLimits(for: count, deviate: normalDeviate(upperTail: alpha / 2))
    case .midP: midPLimits(for: count, alpha: alpha)
    case .blaker: blakerLimits(for: count, alpha: alpha)
    case .wald: waldLimits(for: count, deviate: normalDeviate(upperTail: alpha / 2))
    }
  }
}

/// The rates at which either one-sided binomial test just rejects, as quantiles of the beta
/// distribution.
private func clopperPearsonLimits(for count: ResponseCount, alpha: Double) -> (Double, Double) {
  let (x, y) = (count.responders, count.nonResponders)
  if count.patients <= ClopperPearsonLimit.maximumPatients {
    let z = normalDeviate(upperTail: alpha / 2)
    let limit = { (responders: Int) in
      responders == 0
        ? 0
        : ClopperPearsonLimit(responders: responders, patients: count.patients, tail: alpha / 2)
          .rate(deviate: z)
    }
    if let lower = limit(x), let upper = limit(y) { return (lower, 1 - upper) }
  }
  return (
    x == 0 ? 0 : betaQuantile(lowerTail: alpha / 2, Double(x), Double(y + 1)),
    y == 0 ? 1 : betaQuantile(upperTail: alpha / 2, Double(x + 1), Double(y))
  )
}

private func jeffreysLimits(for count: ResponseCount, alpha: Double) -> (Double, Double) {
  let x = Double(count.responders)
  let y = Double(count.nonResponders)
  return (
    x == 0 ? 0 : betaQuantile(lowerTail: alpha / 2, x + 0.5, y + 0.5),
    y == 0 ? 1 : betaQuantile(upperTail: alpha / 2, x + 0.5, y + 0.5)
  )
}

private func agrestiCoullLimits(for count: ResponseCount, deviate z: Double) -> (Double, Double) {
  let patients = Double(count.patients) + z * z
  let rate = (Double(count.responders) + z * z / 2) / patients
  let half = z * (rate * (1 - rate) / patients).squareRoot()
  return (max(0, rate - half), min(1, rate + half))
}

private func waldLimits(for count: ResponseCount, deviate z: Double) -> (Double, Double) {
  let rate = count.rate
  let half = z * (rate * (1 - rate) / Double(count.patients)).squareRoot()
  return (max(0, rate - half), min(1, rate + half))
}
