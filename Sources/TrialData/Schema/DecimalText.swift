/// Numbers as people write them in files.
enum DecimalText {
  enum Refusal: Error, Hashable {
    case notANumber
    /// A comma that may be a decimal comma or may separate thousands.
    case ambiguous
  }

  /// Reads a plain or exponent decimal with a point or a decimal comma.
  ///
  /// "1,5" is 1.5. "1,234" may mean either number and is refused; "0,234" and "1,2345" cannot
  /// separate thousands and are read. A text with both a comma and a point is refused.
  static func read(_ text: String) -> Result<Double, Refusal> {
    var bytes = Array(text.utf8)
    var commas = 0
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "."):
        continue
      case UInt8(ascii: ","):
        commas += 1
        bytes[index] = UInt8(ascii: ".")
      default: return .failure(.notANumber)
      }
    }
    if commas > 0, isAmbiguous(text) { return .failure(.ambiguous) }
    guard let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else {
      return .failure(.notANumber)
    }
    return .success(number)
  }

  /// Whether the commas could separate thousands: groups of three digits behind one to three.
  private static func isAmbiguous(_ text: String) -> Bool {
    let unsigned = text.drop { $0 == "+" || $0 == "-" }
    let groups = unsigned.split(separator: ",", omittingEmptySubsequences: false)
    if unsigned.contains("."), groups.count > 1 { return true }
    guard let first = groups.first, groups.count > 1 else { return false }
    let isThousands =
      (1...3).contains(first.count) && first.first != "0"
      && groups.dropFirst().allSatisfy { $0.count == 3 }
    return isThousands || groups.count > 2
  }

  static let ambiguity =
    "a number whose comma cannot be mistaken for a separator of thousands"
}
