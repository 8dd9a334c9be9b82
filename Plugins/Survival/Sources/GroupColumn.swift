import PluginProtocol
import TimeToEvent
import TrialData

/// A column of the subject table that tells groups apart.
enum GroupColumn: String, CaseIterable, Sendable {
  case arm, cohort, sex
  case doseLevel = "dose_level"

  var words: String { self == .doseLevel ? "dose level" : rawValue }

  /// Nil where the patient has none.
  func value(of subject: Subject) -> String? {
    switch self {
    case .arm: subject.arm
    case .cohort: subject.cohort
    case .sex: subject.sex
    case .doseLevel: dose(subject)
    }
  }

  private func dose(_ subject: Subject) -> String? {
    subject.doseLevel.map { level in
      let shown = level == level.rounded() && level.magnitude < 1e15 ? "\(Int(level))" : "\(level)"
      return subject.doseUnit.map { "\(shown) \($0)" } ?? shown
    }
  }

  /// Groups in the order of their names, dose levels in that of their numbers.
  ///
  /// - Precondition: every subject has a value.
  func grouping(_ subjects: [Subject]) -> Grouping {
    let values = subjects.map { value(of: $0) ?? "" }
    guard self == .doseLevel else { return Grouping(values) }
    let numbers = Dictionary(
      zip(values, subjects.map { $0.doseLevel ?? 0 }), uniquingKeysWith: { first, _ in first })
    let labels = numbers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    let places = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    let codes = values.map { places[$0, default: 0] }
    return (try? Grouping(codes: codes, labels: labels)) ?? Grouping(values)
  }

  /// The columns a text names, with commas.
  static func list(_ text: String?, of parameter: String) throws(Refusal) -> [Self] {
    guard let text else { return [] }
    var columns: [Self] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.filter { $0 != " " }
      guard let column = Self(rawValue: name), !columns.contains(column) else {
        throw Refusal(
          "parameter.value",
          "\(parameter)=\(text): expected different ones of arm, dose_level, cohort, sex with commas",
          parameter: parameter, expected: "such as cohort,sex")
      }
      columns.append(column)
    }
    return columns
  }
}
