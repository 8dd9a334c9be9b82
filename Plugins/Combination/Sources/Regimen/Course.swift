import JSON
/// How long a treatment goes on.
struct Course: Sendable, Hashable {
  enum Length: Sendable, Hashable {
    case cycles(Int)
    case untilProgression
  }

  let cycleDays: Int
  let length: Length

  /// Days of the planned course; nil where only progression ends it.
  var days: Int? {
    switch length {
    case .cycles(let count): count * cycleDays
    case .untilProgression: nil
    }
  }
}

extension Course {
  /// Keys of a definition that can be unverified.
  static let values = ["cycle_days", "cycles"]

  private static let untilProgression = "until progression"
  private static let expected = "a number of cycles or \"\(untilProgression)\""

  /// Reads how long a treatment goes on; without the length of a cycle where none can be read.
  static func read(_ section: DefinitionSection) -> (course: Self, cycleDays: Int?) {
    let cycleDays = section.required(
      "cycle_days", "a number of days", section.count("cycle_days", from: 1)
    ).flatMap { $0 > 0 ? $0 : nil }
    return (Self(cycleDays: cycleDays ?? 1, length: length(section)), cycleDays)
  }

  private static func length(_ section: DefinitionSection) -> Length {
    guard let value = section.object["cycles"] else {
      section.problem("cycles", "missing; expected \(expected)")
      return .untilProgression
    }
    if let text = value.string {
      if text != untilProgression {
        section.problem("cycles", "\"\(text)\", expected \(expected)")
      }
      return .untilProgression
    }
    return section.count("cycles", from: 1).map { .cycles($0) } ?? .untilProgression
  }
}
