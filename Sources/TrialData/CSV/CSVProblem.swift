/// A place where bytes are not the CSV they should be.
public struct CSVProblem: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case quoteInsideField
    case textAfterQuote
    case unclosedQuote
    case invalidUTF8
    case nulCharacter
    case recordTooLong(limitBytes: Int)
    case tooManyFields(limit: Int)
  }

  public let kind: Kind
  /// The physical line, from 1.
  public let line: Int
  /// The character in that line, from 1; nothing when the whole line is meant.
  public let column: Int?
}

extension CSVProblem: CustomStringConvertible {
  public var description: String {
    let place = column.map { "line \(line), character \($0)" } ?? "line \(line)"
    return "\(place): found \(found), expected \(expected)"
  }

  var found: String {
    switch kind {
    case .quoteInsideField: "a quote inside an unquoted field"
    case .textAfterQuote: "text after a closing quote"
    case .unclosedQuote: "a quote that is never closed"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .nulCharacter: "a NUL character"
    case .recordTooLong(let limit): "a record of more than \(limit) bytes"
    case .tooManyFields(let limit): "more than \(limit) fields"
    }
  }

  var expected: String {
    switch kind {
    case .quoteInsideField: "the whole field in quotes and the quote doubled"
    case .textAfterQuote: "a comma or the end of the line"
    case .unclosedQuote: "a closing quote"
    case .invalidUTF8: "UTF-8 text"
    case .nulCharacter: "text"
    case .recordTooLong, .tooManyFields: "a CSV table"
    }
  }
}
