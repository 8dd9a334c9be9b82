import PluginProtocol

/// How many of so many predictions held.
struct Coverage: Sendable {
  let name: String
  let label: String
  let covered: Int
  let counted: Int
  /// Trials whose outcome cannot be held against a prediction.
  let uncounted: Int
  /// What is said where nothing can be counted.
  private let nothing: String

  init(
    _ name: String, _ label: String, _ outcomes: [Bool?],
    without nothing: String = "no trial to count"
  ) {
    (self.name, self.label, self.nothing) = (name, label, nothing)
    covered = outcomes.count { $0 == true }
    counted = outcomes.count { $0 != nil }
    uncounted = outcomes.count - counted
  }

  /// `2 of 3 trials`.
  var words: String {
    guard counted > 0 else { return nothing }
    let rest = uncounted == 0 ? "" : ", and \(uncounted) without a number to hold against it"
    return "\(covered) of \(counted) \(counted == 1 ? "trial" : "trials")\(rest)"
  }

  var estimate: ResultDocument.Estimate {
    .init(
      name: name, label: label,
      value: counted == 0 ? nil : Double(covered) / Double(counted),
      status: counted == 0 ? nothing : nil,
      count: counted == 0 ? nil : .init(events: covered, total: counted))
  }
}
