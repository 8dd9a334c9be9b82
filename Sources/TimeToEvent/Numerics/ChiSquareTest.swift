import Statistics

/// A test by a statistic that is *χ²* distributed where its hypothesis is true.
public struct ChiSquareTest: Sendable, Hashable {
  public let statistic: Double
  public let degreesOfFreedom: Int

  public var pValue: Double { chiSquareUpperTail(statistic, degreesOfFreedom: degreesOfFreedom) }
}
