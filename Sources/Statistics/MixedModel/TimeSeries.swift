/// Values of subjects over time, such as the logarithm of a sum of diameters on the days of scans.
public struct TimeSeries: Sendable {
  /// To whom each value belongs, counted from 0 in the order in which subjects first appear.
  public let subjects: [Int]
  public let times: [Double]
  public let values: [Double]

  /// - Throws: ``StatisticsError/unequalColumn(_:values:observations:)``,
  ///   ``StatisticsError/notFinite(_:)``.
  public init<Subject: Hashable>(
    subjects: [Subject], times: [Double], values: [Double]
  ) throws(StatisticsError) {
    for (name, column) in [("time", times), ("value", values)] {
      guard column.count == subjects.count else {
        throw .unequalColumn(name, values: column.count, observations: subjects.count)
      }
      for value in column where !value.isFinite { throw .notFinite(value) }
    }
    var places: [Subject: Int] = [:]
    self.subjects = subjects.map { subject in
      let place = places[subject] ?? places.count
      places[subject] = place
      return place
    }
    self.times = times
    self.values = values
  }
}
