/// A number of control responders at which a test's conclusion changes.
public struct TippingCount: Sendable, Hashable {
  /// The least number of control responders with the new conclusion.
  public let responders: Int
  public let rejects: Bool
}

extension TwoSampleTest {
  /// Every number of responders among the control patients at which the conclusion changes,
  /// counted up from none: the first entry is the conclusion at 0.
  ///
  /// A test rejects where *p* ≤ α.
  ///
  /// - Throws: ``StatisticsError/tableTooLarge(treated:control:limit:)`` as ``result(_:_:)``.
  /// - Complexity: as many tests as there are control patients.
  public static func tippingCounts(
    of treated: ResponseCount, controlPatients: Int, _ method: Method,
    _ alternative: Alternative = .twoSided, alpha: Double = 0.05
  ) throws(StatisticsError) -> [TippingCount] {
    var counts: [TippingCount] = []
    for responders in 0...controlPatients {
      let control = try ResponseCount(responders: responders, patients: controlPatients)
      let test = TwoSampleTest(ContingencyTable(treated: treated, control: control))
      let rejects = try test.pValue(method, alternative) <= alpha
      if counts.last?.rejects != rejects {
        counts.append(TippingCount(responders: responders, rejects: rejects))
      }
    }
    return counts
  }
}
