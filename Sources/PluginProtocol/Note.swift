/// Something the reader of a result should know.
public struct Note: Sendable, Codable, Hashable {
  public enum Severity: String, Sendable, Codable, CaseIterable {
    case info, caution, warning
  }

  public var severity: Severity
  /// A stable dotted name for programs, such as `control.mixed-analyses`.
  public var code: String
  public var text: String

  public init(_ severity: Severity, _ code: String, _ text: String) {
    self.severity = severity
    self.code = code
    self.text = text
  }
}
