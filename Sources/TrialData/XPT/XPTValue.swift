/// One value of a SAS transport file.
package enum XPTValue: Sendable, Hashable {
  case number(Double)
  /// A missing number: `.`, or one of the 27 special ones, `._` and `.A` to `.Z`.
  case missing(UInt8)
  /// Without the spaces that pad it.
  case text([UInt8])

  /// The missing number without a letter.
  package static let missing = Self.missing(UInt8(ascii: "."))

  package static func text(_ text: String) -> Self { .text(Array(text.utf8)) }

  /// Whether a byte stands for a missing number where all bytes after it are zero.
  static func isMissingCode(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
