/// One observation of a SAS transport file.
package struct XPTObservation: Sendable {
  /// In its member, from 1.
  package let number: Int
  /// Of its first byte in the file, from 0.
  package let offset: Int
  let bytes: ArraySlice<UInt8>

  /// - Throws: ``XPTProblem`` for bytes that are no number.
  package func value(of variable: XPTVariable) throws(XPTProblem) -> XPTValue {
    switch variable.kind {
    case .text: .text(Array(text(of: variable)))
    case .number: try number(of: variable)
    }
  }

  /// The bytes of a text without the spaces that pad it.
  func text(of variable: XPTVariable) -> ArraySlice<UInt8> {
    let field = field(variable)
    let end = field.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? field.startIndex
    return field[field.startIndex..<end]
  }

  /// The eight bytes of a number, those a short one leaves out zero.
  func bits(of variable: XPTVariable) -> UInt64 {
    var bits: UInt64 = 0
    for byte in field(variable) { bits = bits << 8 | UInt64(byte) }
    return bits << UInt64(8 * (8 - variable.lengthBytes))
  }

  private func number(of variable: XPTVariable) throws(XPTProblem) -> XPTValue {
    let bits = bits(of: variable)
    let first = UInt8(bits >> 56)
    if XPTValue.isMissingCode(first), bits << 8 == 0 { return .missing(first) }
    // Spaces are what pads a file, and as a number 3.8e-40: it is not one anybody wrote.
    let isPadding = field(variable).allSatisfy(XPTReader.isSpace)
    guard !isPadding, let number = IBMFloat.decode(bits) else {
      throw XPTProblem(
        offset: offset + variable.position,
        found: isPadding
          ? "spaces in \(variable.name)" : "the byte \(first) and zeros in \(variable.name)",
        expected: "an IBM number, or the code of a missing one")
    }
    return .number(number)
  }

  private func field(_ variable: XPTVariable) -> ArraySlice<UInt8> {
    let start = bytes.startIndex + variable.position
    return bytes[start..<(start + variable.lengthBytes)]
  }
}
