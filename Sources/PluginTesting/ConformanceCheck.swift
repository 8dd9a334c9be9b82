/// One thing a plugin must do, and whether it does.
public struct ConformanceCheck: Sendable, Hashable {
  /// A stable dotted name, such as `example.2`.
  public var id: String
  public var passed: Bool
  /// What was found, in words.
  public var sentence: String

  public init(id: String, passed: Bool, sentence: String) {
    self.id = id
    self.passed = passed
    self.sentence = sentence
  }
}

extension ConformanceCheck: CustomStringConvertible {
  public var description: String { "\(passed ? "ok" : "FAILED") \(id): \(sentence)" }
}
