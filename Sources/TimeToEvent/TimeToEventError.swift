/// Everything the module refuses to compute.
public enum TimeToEventError: Error, Hashable {
  case noSubjects
  /// A time that is negative or not finite.
  case unusableTime(Double, index: Int)
  case unequalColumn(String, values: Int, subjects: Int)
}

extension TimeToEventError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSubjects: "there is no subject to analyze"
    case .unusableTime(let time, let index):
      "the time of subject \(index + 1) must be a finite number of at least 0, not \(time)"
    case .unequalColumn(let name, let values, let subjects):
      "the column \(name) has \(values) values for \(subjects) subjects"
    }
  }
}
