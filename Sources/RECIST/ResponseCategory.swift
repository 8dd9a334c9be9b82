/// A RECIST response, named as the guideline names it and coded as CDISC codes it.
///
/// Cases run from worst to best, so `max()` of a set of responses is the best of them:
/// CR > PR > SD > NON-CR/NON-PD > PD > NE > MISSING, the order ADaM numbers 1 to 7.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, tables 1 to 3.
public enum ResponseCategory: String, Sendable, Codable, CaseIterable {
  /// No assessment at all, as distinct from one that could not be evaluated.
  case missing = "MISSING"
  case notEvaluable = "NE"
  case progressiveDisease = "PD"
  /// Non-target disease that neither vanished nor progressed; the overall response where a
  /// patient has no target lesion.
  case nonCompleteNonProgressive = "NON-CR/NON-PD"
  case stableDisease = "SD"
  case partialResponse = "PR"
  case completeResponse = "CR"

  /// Whether the category counts toward the objective response rate (ORR).
  public var isObjectiveResponse: Bool {
    self == .completeResponse || self == .partialResponse
  }

  /// Whether the category is a finding about the tumor rather than the lack of one.
  public var isEvaluable: Bool { self > .notEvaluable }
}

extension ResponseCategory: Comparable {
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

  private var rank: Int {
    switch self {
    case .missing: 0
    case .notEvaluable: 1
    case .progressiveDisease: 2
    case .nonCompleteNonProgressive: 3
    case .stableDisease: 4
    case .partialResponse: 5
    case .completeResponse: 6
    }
  }
}
