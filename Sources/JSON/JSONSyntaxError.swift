/// Why a text is not the JSON we accept, and where.
public struct JSONSyntaxError: Error, Hashable {
  public enum Reason: Sendable, Hashable {
    case expected(String)
    case duplicateKey(String)
    case tooDeep(limit: Int)
    case invalidUTF8
    case trailingText
    /// `NaN`, `Infinity` and their like, which Python's `json` writes by default.
    case notFinite(String)
  }

  /// The byte, counted from 0, at which the text goes wrong.
  public let offset: Int
  public let reason: Reason
}

extension JSONSyntaxError: CustomStringConvertible {
  public var description: String {
    "byte \(offset + 1): \(explanation)"
  }

  private var explanation: String {
    switch reason {
    case .expected(let what): "expected \(what)"
    case .duplicateKey(let key): "the key \"\(key)\" occurs twice in one object"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .invalidUTF8: "not valid UTF-8"
    case .trailingText: "text after the end of the value"
    case .notFinite(let word):
      "\(word) is not JSON; send the string \"NaN\", \"Inf\" or \"-Inf\" instead"
    }
  }
}
