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

  /// A share that is known on scan days and 1 on day 0, on a straight line between them.
  func share(_ shares: [Double], at day: Double) -> Double {
    var before = (day: 0.0, share: 1.0)
    for (scanDay, share) in zip(days, shares) {
      let scan = (day: Double(scanDay), share: share)
      if day <= scan.day {
        let part = (day - before.day) / (scan.day - before.day)
        return before.share + part * (scan.share - before.share)
      }
      before = scan
    }
    return before.share
  }
}
