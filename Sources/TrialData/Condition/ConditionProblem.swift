/// Why a text is no condition, and where in it.
public struct ConditionProblem: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case empty
    case unknownColumn(String, nearest: String?)
    case unexpected(String, expected: String)
    case unclosedQuote
    case notOrdered(SubjectColumn)
    case notANumber(String, column: SubjectColumn)
    case notADate(String)
    case tooDeep
    case tooLong
  }

  public let kind: Kind
  /// In Unicode scalars from the start of the condition.
  public let range: Range<Int>
  /// The condition.
  public let text: String

  public init(_ kind: Kind, at range: Range<Int>, of text: String) {
    self.kind = kind
    self.range = range
    self.text = text
  }
}

extension ConditionProblem: CustomStringConvertible {
  /// One sentence, without the place.
  public var description: String {
    switch kind {
    case .empty: "the condition is empty"
    case .unknownColumn(let name, let nearest):
      "there is no column \"\(name)\""
        + (nearest.map { "; did you mean \($0)?" }
          ?? ": expected one of " + SubjectColumn.allCases.map(\.rawValue).joined(separator: ", "))
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .unclosedQuote: "the quote is never closed"
    case .notOrdered(let column): "\(column.rawValue) is a text, of which none is less than another"
    case .notANumber(let text, let column):
      "\(column.rawValue) is a number, and \"\(text)\" is none"
    case .notADate(let text): "\"\(text)\" is no date such as 2014-02-28"
    case .tooDeep: "the condition is nested too deep"
    case .tooLong: "the condition has more than ten thousand words"
    }
  }

  /// The condition on one line and a caret below the place on the next.
  public var pointer: String {
    let spaces = String(repeating: " ", count: range.lowerBound)
    return text + "\n" + spaces + String(repeating: "^", count: max(1, range.count))
  }
}
