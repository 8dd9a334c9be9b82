/// One thing wrong with what was to be imported.
public struct ImportProblem: Sendable, Hashable {
  /// What was found where something else was expected.
  public enum Finding: Sendable, Hashable {
    /// Nothing, or a code for nothing (NA).
    case missing
    /// A value, quoted when printed.
    case value(String)
    /// A state of affairs, printed as it is.
    case condition(String)
  }

  public let file: String
  /// Counted from 1, the header's line included; nothing when the whole file is meant.
  ///
  /// In SAS transport files the observation, in Dataset-JSON the row.
  public let line: Int?
  /// The header of the column; nothing when the whole line is meant.
  public let column: String?
  public let finding: Finding
  public let expected: String

  public init(
    file: String, line: Int? = nil, column: String? = nil, finding: Finding, expected: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.finding = finding
    self.expected = expected
  }

  /// The same so many lines further down.
  func moved(down lines: Int) -> ImportProblem {
    ImportProblem(
      file: file, line: line.map { $0 + lines }, column: column, finding: finding,
      expected: expected)
  }

  /// The value found, if it was one.
  public var value: String? {
    if case .value(let value) = finding { value } else { nil }
  }
}

extension ImportProblem: CustomStringConvertible {
  /// `measurement.csv:12: diameter: found "abc", expected a length in millimeters`.
  public var description: String {
    let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return [place, column, "found \(found), expected \(expected)"].compactMap(\.self)
      .joined(separator: ": ")
  }

  private var found: String {
    switch finding {
    case .missing: "nothing"
    case .condition(let text): text
    case .value(let text): "\"\(Self.printable(text))\""
    }
  }

  /// At most 60 characters on one line, without anything a terminal would obey.
  private static func printable(_ text: String) -> String {
    let clipped = text.count > 60 ? text.prefix(59) + "…" : text[...]
    return String(
      String.UnicodeScalarView(
        clipped.unicodeScalars.map { $0.properties.generalCategory == .control ? "�" : $0 }))
  }
}
