import TrialData

/// The value of a grouping column; numbers sort as numbers, the missing value last.
struct GroupKey: Hashable, Comparable, Sendable {
  let label: String
  let number: Double?
  let isMissing: Bool

  static func < (lhs: Self, rhs: Self) -> Bool {
    if lhs.isMissing != rhs.isMissing { return rhs.isMissing }
    if let left = lhs.number, let right = rhs.number, left != right { return left < right }
    return lhs.label < rhs.label
  }
}

extension Options.Grouping {
  func value(of subject: Subject) -> GroupKey {
    switch self {
    case .arm: text(subject.arm)
    case .cohort: text(subject.cohort)
    case .sex: text(subject.sex)
    case .doseLevel: dose(subject)
    }
  }

  private func text(_ value: String?) -> GroupKey {
    GroupKey(label: value ?? "(missing)", number: nil, isMissing: value == nil)
  }

  private func dose(_ subject: Subject) -> GroupKey {
    guard let level = subject.doseLevel else { return text(nil) }
    let shown = level == level.rounded() && level.magnitude < 1e15 ? "\(Int(level))" : "\(level)"
    return GroupKey(
      label: subject.doseUnit.map { "\(shown) \($0)" } ?? shown, number: level, isMissing: false)
  }
}
