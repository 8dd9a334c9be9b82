public import Statistics

internal import Glibc

extension LogRankTest {
  /// (O − E) / √V of the second of two groups: positive where it has more events than expected.
  ///
  /// Its square is `statistic`. Nil unless there are two groups.
  public var deviate: Double? {
    guard groups.count == 2 else { return nil }
    return (observed[1] - expected[1]) / covariance[1][1].squareRoot()
  }

  /// The *p*-value for two groups; `.greater` means that the second has the higher hazard.
  ///
  /// - Throws: ``TimeToEventError/notTwoGroups(_:)`` for a one-sided alternative among more.
  public func pValue(_ alternative: Alternative) throws(TimeToEventError) -> Double {
    guard alternative != .twoSided else { return pValue }
    guard let deviate else { throw .notTwoGroups(groups.count) }
    return alternative == .greater ? normalUpperTail(deviate) : normalLowerTail(deviate)
  }
}
