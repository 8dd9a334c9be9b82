/// What one test of a hypothesis found.
public struct TestResult: Sendable, Hashable {
  /// The test statistic, where the method has one: *z* or *χ²*, as its method says.
  public let statistic: Double?
  /// The degrees of freedom of a *χ²* statistic.
  public let degreesOfFreedom: Int?
  public let pValue: Double
  /// The common response rate at which an unconditional test's *p* is largest.
  public let nuisanceRate: Double?

  init(
    pValue: Double, statistic: Double? = nil, degreesOfFreedom: Int? = nil,
    nuisanceRate: Double? = nil
  ) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    self.nuisanceRate = nuisanceRate
  }
}
