/// The days on which a trial scans its patients after baseline.
package struct ScanSchedule: Sendable, Hashable {
  package let days: [Int]

  /// - Throws: ``TumorDynamicsError/noScans`` and ``TumorDynamicsError/scanDaysOutOfOrder(_:)``.
  package init(_ days: [Int]) throws(TumorDynamicsError) {
    guard let first = days.first else { throw .noScans }
    guard first > 0, zip(days, days.dropFirst()).allSatisfy(<) else {
      throw .scanDaysOutOfOrder(days)
    }
    self.days = days
  }

  func index(of day: Int) throws(TumorDynamicsError) -> Int {
    guard let index = days.firstIndex(of: day) else {
      throw .dayWithoutScan(day: day, scanDays: days)
    }
    return index
  }
}
