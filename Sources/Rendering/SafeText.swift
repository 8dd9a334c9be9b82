extension String {
  /// The text with everything a terminal would obey, rather than show, written out.
  ///
  /// Control characters (C0, DEL, C1), line and paragraph separators and the marks that turn
  /// writing direction come out as `\n`, `\t` or `\u{1B}`, so that no cell of a data set can move
  /// the cursor, set the title or make text read backwards.
  package var safe: String {
    guard unicodeScalars.contains(where: \.isObeyed) else { return self }
    var shown = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      case _ where scalar.isObeyed:
        shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// The lines of a longer text, each safe to show.
  package var safeLines: [String] {
    split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).safe }
  }
}

extension String {
  /// The text with ordinary spaces for those that kept a line together.
  var withPlainSpaces: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
  }
}

extension Unicode.Scalar {
  fileprivate var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
