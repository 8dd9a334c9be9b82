/// The response of the target lesions at one assessment, and why.
public struct TargetAssessment: Sendable, Hashable {
  /// The rule that decided, so that a response can be explained.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// A target lesion has no measurement at baseline: nothing can be compared.
    case baselineIncomplete = "baseline-incomplete"
    /// Every lesion is gone and every node normal.
    case allResolved = "all-resolved"
    /// A lesion is back after a complete response.
    case reappearance = "reappearance"
    /// The sum grew enough over the nadir.
    case growthOverNadir = "growth-over-nadir"
    /// Not all lesions were measured, but those that were already exceed the nadir by enough.
    case partialSumOverNadir = "partial-sum-over-nadir"
    /// Not all lesions were measured.
    case incomplete = "incomplete"
    /// The sum shrank enough from baseline.
    case shrinkageFromBaseline = "shrinkage-from-baseline"
    /// Neither enough shrinkage nor enough growth.
    case neither = "neither"
  }

  public let response: ResponseCategory
  public let rule: Rule
  /// What each measured lesion counts for in the sum.
  public let lengths: [String: Millimeters]
  /// The sum over the lesions that were measured.
  public let measuredSum: Millimeters
  /// Target lesions without a usable measurement.
  public let notMeasured: [String]
  /// The smallest complete sum before this assessment, baseline included.
  public let nadir: Millimeters?
  public let baseline: Millimeters?

  /// The sum of diameters, or nothing when a target lesion was not measured.
  public var sumOfDiameters: Millimeters? { notMeasured.isEmpty ? measuredSum : nil }
}
