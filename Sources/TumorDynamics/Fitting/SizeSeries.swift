/// The sizes of one patient's tumor in time, any unit of size, days in order.
package struct SizeSeries: Sendable, Hashable {
  /// Why no rates can be fitted; the rules of CRAN's tumgr.
  package enum Exclusion: String, Sendable, Hashable, Codable {
    /// Nothing, or nothing larger than 0 to begin with.
    case noMeasurement = "no measurement data"
    case oneEvaluation = "only 1 eval"
    /// Three or more measurements that are all the same.
    case allEqual = "error data"
    /// Two measurements less than 20 % apart.
    case twoAlike = "2 evals not 20% diff"
  }

  package let days: [Double]
  package let sizes: [Double]

  /// Sorts the measurements by day.
  ///
  /// - Precondition: As many days as sizes.
  package init(days: [Double], sizes: [Double]) {
    precondition(days.count == sizes.count, "one size for each day")
    let order = days.indices.sorted { (days[$0], $0) < (days[$1], $1) }
    self.days = order.map { days[$0] }
    self.sizes = order.map { sizes[$0] }
  }

  /// Nothing where rates can be fitted.
  package var exclusion: Exclusion? {
    guard let first = sizes.first, let last = sizes.last, first > 0 else { return .noMeasurement }
    if sizes.count == 1 { return .oneEvaluation }
    if sizes.count > 2, Set(sizes).count == 1 { return .allEqual }
    if sizes.count == 2, last / first > 0.8, last / first < 1.2 { return .twoAlike }
    return nil
  }

  /// Days since the first measurement, which is on `firstDay`, and sizes over the first.
  func relative(firstDay: Double) -> [(day: Double, size: Double)] {
    zip(days, sizes).map { ($0 - days[0] + firstDay, $1 / sizes[0]) }
  }
}
