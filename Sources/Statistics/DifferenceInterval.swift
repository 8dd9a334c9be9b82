/// A confidence interval for the difference of two response rates, treated minus control.
public struct DifferenceInterval: Sendable, Hashable {
  public let table: ContingencyTable
  public let level: Double
  public let method: Method
  /// The observed difference of the rates.
  public let estimate: Double
  public let lower: Double
  public let upper: Double

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public init(
    _ table: ContingencyTable, level: Double = 0.95, method: Method = .miettinenNurminen
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.table = table
    self.level = level
    self.method = method
    estimate = table.rateDifference
    (lower, upper) = method.limits(for: table, deviate: normalDeviate(upperTail: (1 - level) / 2))
  }

  public func contains(_ difference: Double) -> Bool {
    lower <= difference && difference <= upper
  }
}

extension ContingencyTable {
  /// n₂ x₁ − n₁ x₂, whose sign is that of the difference of the rates, without rounding.
  var crossDifference: Int {
    treated.responders * control.patients - control.responders * treated.patients
  }

  /// The observed difference of the rates, rounded once or twice rather than cancelled.
  var rateDifference: Double {
    Double(crossDifference) / (Double(treated.patients) * Double(control.patients))
  }
}

extension DifferenceInterval.Method {
  fileprivate func limits(for table: ContingencyTable, deviate z: Double) -> (Double, Double) {
    switch self {
    case .miettinenNurminen: miettinenNurminenLimits(for: table, deviate: z)
    case .mee: score(table).limits(deviate: z)
    case .gartNam: score(table, skewness: true).limits(deviate: z)
    case .skewnessCorrected: score(table, factor: true, skewness: true).limits(deviate: z)
    case .newcombe:
      combinedLimits(
        for: table, wilsonLimits(for: table.treated, deviate: z),
        wilsonLimits(for: table.control, deviate: z))
    case .newcombeContinuityCorrected:
      combinedLimits(
        for: table, correctedWilsonLimits(for: table.treated, deviate: z),
        correctedWilsonLimits(for: table.control, deviate: z))
    case .agrestiCaffo: agrestiCaffoLimits(for: table, deviate: z)
    case .wald: waldLimits(for: table, deviate: z)
    case .waldContinuityCorrected:
      waldLimits(for: table, deviate: z, correction: table.continuityCorrection)
    case .propTest:
      waldLimits(
        for: table, deviate: z,
        correction: min(table.continuityCorrection, table.rateDifference.magnitude))
    case .hauckAnderson: hauckAndersonLimits(for: table, deviate: z)
    }
  }

  private func score(
    _ table: ContingencyTable, factor: Bool = false, skewness: Bool = false
  ) -> ScoreEquation {
    ScoreEquation(
      strata: [table], contrast: .difference, usesSampleFactor: factor,
      isSkewnessCorrected: skewness)
  }
}

/// Newcombe's way of making limits of a difference out of limits of the two rates.
private func combinedLimits(
  for table: ContingencyTable, _ treated: (lower: Double, upper: Double),
  _ control: (lower: Double, upper: Double)
) -> (Double, Double) {
  let (p1, p2) = (table.treated.rate, table.control.rate)
  let down = hypotenuse(p1 - treated.lower, control.upper - p2)
  let up = hypotenuse(treated.upper - p1, p2 - control.lower)
  return (max(-1, table.rateDifference - down), min(1, table.rateDifference + up))
}

private func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

private func agrestiCaffoLimits(
  for table: ContingencyTable, deviate z: Double
) -> (Double, Double) {
  let n1 = Double(table.treated.patients) + 2
  let n2 = Double(table.control.patients) + 2
  let p1 = (Double(table.treated.responders) + 1) / n1
  let p2 = (Double(table.control.responders) + 1) / n2
  let half = z * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
  return (max(-1, p1 - p2 - half), min(1, p1 - p2 + half))
}

private func waldLimits(
  for table: ContingencyTable, deviate z: Double, correction: Double = 0
) -> (Double, Double) {
  let (p1, p2) = (table.treated.rate, table.control.rate)
  let variance =
    p1 * (1 - p1) / Double(table.treated.patients)
    + p2 * (1 - p2) / Double(table.control.patients)
  let half = z * variance.squareRoot() + correction
  return (max(-1, table.rateDifference - half), min(1, table.rateDifference + half))
}

private func hauckAndersonLimits(
  for table: ContingencyTable, deviate z: Double
) -> (Double, Double) {
  let (treated, control) = (table.treated, table.control)
  let smaller = min(treated.patients, control.patients)
  guard smaller > 1 else { return (-1, 1) }
  let variance =
    treated.rate * (1 - treated.rate) / Double(treated.patients - 1)
    + control.rate * (1 - control.rate) / Double(control.patients - 1)
  let half = z * variance.squareRoot() + 1 / (2 * Double(smaller))
  return (max(-1, table.rateDifference - half), min(1, table.rateDifference + half))
}

extension ContingencyTable {
  /// ½ (1/n₁ + 1/n₂).
  fileprivate var continuityCorrection: Double {
    (1 / Double(treated.patients) + 1 / Double(control.patients)) / 2
  }
}
