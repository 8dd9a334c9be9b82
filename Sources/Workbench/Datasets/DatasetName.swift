import ClientProtocol

/// The rules for the names of data sets.
enum DatasetName {
  /// Refuses a name that could not stand as a bare word on a line without being taken for
  /// something else.
  static func check(_ name: CommandLine.Token) throws(CommandFailure) {
    let text = name.text
    guard let first = text.unicodeScalars.first, first.isASCIILetterOrDigit,
      text.unicodeScalars.allSatisfy({
        $0.isASCIILetterOrDigit || "-_.".unicodeScalars.contains($0)
      }),
      text.utf8.count <= 64
    else {
      throw .usage(
        "\(text.commandToken) cannot name a data set", at: name.range,
        expected: "up to 64 letters, digits, - _ and ., the first a letter or a digit")
    }
    if BuiltIn(rawValue: text) != nil {
      throw .usage(
        "\(text) cannot name a data set: it is a command", at: name.range, expected: "another name")
    }
    if Double(text) != nil {
      throw .usage(
        "\(text) cannot name a data set: it is a number", at: name.range,
        expected: "a name with a letter")
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetterOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
