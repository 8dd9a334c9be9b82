/// Everything the module refuses to compute.
public enum TimeToEventError: Error, Hashable {
  case noSubjects
  case tooManySubjects(Int, limit: Int)
  /// A time that is negative or not finite.
  case unusableTime(Double, index: Int)
  case unequalColumn(String, values: Int, subjects: Int)
  case unknownGroup(Int, groups: Int)
  case tooFewGroups(Int)
  case tooManyGroups(Int, limit: Int)
  case notTwoGroups(Int)
  case levelOutOfRange(Double)
  case probabilityOutOfRange(Double)
  case unusableExponents(rho: Double, gamma: Double)
  /// No event happened while two groups were at risk, so nothing tells them apart.
  case nothingToCompare
}

extension TimeToEventError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSubjects: "there is no subject to analyze"
    case .tooManySubjects(let subjects, let limit):
      "at most \(limit) subjects can be analyzed together, not \(subjects)"
    case .unusableTime(let time, let index):
      "the time of subject \(index + 1) must be a finite number of at least 0, not \(time)"
    case .unequalColumn(let name, let values, let subjects):
      "the column \(name) has \(values) values for \(subjects) subjects"
    case .unknownGroup(let group, let groups):
      "\(group) is not one of \(groups) groups counted from 0"
    case .tooFewGroups(let groups): "at least two groups are needed, not \(groups)"
    case .tooManyGroups(let groups, let limit):
      "at most \(limit) groups can be compared in one test, not \(groups)"
    case .notTwoGroups(let groups): "this needs exactly two groups, not \(groups)"
    case .levelOutOfRange(let level):
      "the confidence level must lie strictly between 0 and 1, not \(level)"
    case .probabilityOutOfRange(let probability):
      "the probability of a quantile must lie strictly between 0 and 1, not \(probability)"
    case .unusableExponents(let rho, let gamma):
      "the exponents of a Fleming-Harrington weight must be finite and at least 0, not \(rho)"
        + " and \(gamma)"
    case .nothingToCompare:
      "no event happened while two groups were at risk, so they cannot be compared"
    }
  }
}
