/// Subjects whose Kaplan-Meier curve is a published one.
///
/// Between two times of numbers at risk, subjects are censored at equal distances, and at each point read
/// as many have the event as bring the curve nearest to the height read. How many are censored is
/// searched, one by one, until as many are left as the paper says. After the last number at risk
/// censoring goes on at the average rate before, or so that the events come to the paper's total.
///
/// What comes out is one of many samples with that curve. Hazard ratios from it are usually good to
/// two digits; individual times are not those of the trial's subjects, and covariates are lost.
///
/// ## References
///
/// - Guyot P, Ades AE, Ouwens MJNM, Welton NJ (2012). Enhanced secondary analysis of survival data:
///   reconstructing the data from published Kaplan-Meier survival curves. *BMC Med Res Methodol* 12:9.
public struct CurveReconstruction: Sendable, Hashable {
  public let sample: EventTimes
  /// The largest difference between the curve read and that of the sample, at the points read.
  public let largestDifference: Double
  /// Reconstructed less published, at each time of a number at risk.
  public let riskDifferences: [Int]

  /// - Throws: ``TimeToEventError/unusableCurve(_:)`` where no subject remains to be placed.
  public init(_ curve: PublishedCurve) throws(TimeToEventError) {
    var builder = CurveBuilder(curve)
    builder.build()
    guard !builder.times.isEmpty else { throw .unusableCurve("leaves no subject to place") }
    sample = try EventTimes(times: builder.times, occurred: builder.occurred)
    let fitted = KaplanMeier(sample)
    largestDifference = zip(curve.times, curve.survival).reduce(0) { worst, point in
      max(worst, (fitted.point(at: point.0).survival - point.1).magnitude)
    }
    riskDifferences = zip(fitted.atRisk(at: curve.riskTimes), curve.atRisk).map { $0 - $1 }
  }
}
