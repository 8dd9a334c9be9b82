/// Reads the pieces of a condition by recursive descent.
struct ConditionParser {
  typealias Node = SubjectCondition.Node

  /// Deeper than anybody writes, and far from the end of the stack.
  private static let maximumDepth = 100
  /// A chain of conditions is as deep as it is long.
  private static let mostTokens = 10_000

  private let text: String
  private let tokens: [ConditionScanner.Token]
  private var position = 0
  private var depth = 0

  init(_ text: String) throws(ConditionProblem) {
    self.text = text
    var scanner = ConditionScanner(text)
    tokens = try scanner.tokens()
  }

  mutating func parse() throws(ConditionProblem) -> Node {
    guard tokens.count <= Self.mostTokens else {
      throw ConditionProblem(.tooLong, at: tokens[Self.mostTokens].range, of: text)
    }
    if tokens.count == 1 { throw ConditionProblem(.empty, at: 0..<0, of: text) }
    let node = try readOr()
    if current.piece != .end { throw unexpected("and, or, or the end") }
    return node
  }

  private var current: ConditionScanner.Token { tokens[position] }

  private mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  private mutating func takeKeyword(_ keyword: String) -> Bool {
    guard case .word(let word) = current.piece, word.lowercased() == keyword else { return false }
    advance()
    return true
  }

  private mutating func readOr() throws(ConditionProblem) -> Node {
    var node = try readAnd()
    while takeKeyword("or") { node = .or(node, try readAnd()) }
    return node
  }

  private mutating func readAnd() throws(ConditionProblem) -> Node {
    var node = try readNot()
    while takeKeyword("and") { node = .and(node, try readNot()) }
    return node
  }

  private mutating func readNot() throws(ConditionProblem) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw ConditionProblem(.tooDeep, at: current.range, of: text)
    }
    if takeKeyword("not") { return .not(try readNot()) }
    guard current.piece == .open else { return try readComparison() }
    advance()
    let node = try readOr()
    guard current.piece == .close else { throw unexpected("and, or, or \")\"") }
    advance()
    return node
  }

  private mutating func readComparison() throws(ConditionProblem) -> Node {
    let column = try readColumn()
    if takeKeyword("is") {
      let isNegated = takeKeyword("not")
      guard takeKeyword("missing") else { throw unexpected("missing, or not missing") }
      return isNegated ? .not(.isMissing(column)) : .isMissing(column)
    }
    if takeKeyword("in") { return .isAmong(column, try readList(of: column)) }
    if takeKeyword("not") {
      guard takeKeyword("in") else { throw unexpected("in") }
      return .not(.isAmong(column, try readList(of: column)))
    }
    guard case .comparison(let comparison) = current.piece else {
      throw unexpected("a comparison such as = or >=, in, or is missing")
    }
    guard column.isOrdered || comparison == .equal || comparison == .notEqual else {
      throw ConditionProblem(.notOrdered(column), at: current.range, of: text)
    }
    advance()
    return .compare(column, comparison, try readValue(of: column))
  }

  private mutating func readColumn() throws(ConditionProblem) -> SubjectColumn {
    guard case .word(let word) = current.piece else { throw unexpected("a column") }
    guard let column = SubjectColumn(rawValue: word.lowercased()) else {
      throw ConditionProblem(
        .unknownColumn(word, nearest: SubjectColumn.nearest(to: word)), at: current.range,
        of: text)
    }
    advance()
    return column
  }

  private mutating func readList(
    of column: SubjectColumn
  ) throws(ConditionProblem) -> [SubjectCondition.Value] {
    guard current.piece == .open else { throw unexpected("\"(\"") }
    advance()
    var values = [try readValue(of: column)]
    while current.piece == .comma {
      advance()
      values.append(try readValue(of: column))
    }
    guard current.piece == .close else { throw unexpected("a comma or \")\"") }
    advance()
    return values
  }

  private mutating func readValue(
    of column: SubjectColumn
  ) throws(ConditionProblem) -> SubjectCondition.Value {
    let value: String
    switch current.piece {
    case .word(let word): value = word
    case .quoted(let text): value = text
    default: throw unexpected("a value")
    }
    let range = current.range
    if column.isNumeric {
      guard let number = Double(value), number.isFinite else {
        throw ConditionProblem(.notANumber(value, column: column), at: range, of: text)
      }
      advance()
      return .number(number)
    }
    if column == .firstDose, CalendarDate(value)?.description != value {
      throw ConditionProblem(.notADate(value), at: range, of: text)
    }
    advance()
    return .text(value)
  }

  private func unexpected(_ expected: String) -> ConditionProblem {
    let found =
      switch current.piece {
      case .end: "the end"
      case .word(let word): "\"\(word)\""
      case .quoted(let text): "the text \"\(text)\""
      case .comparison(let comparison): "\"\(comparison.rawValue)\""
      case .open: "\"(\""
      case .close: "\")\""
      case .comma: "a comma"
      }
    return ConditionProblem(
      .unexpected(found, expected: expected), at: current.range, of: text)
  }
}

extension SubjectColumn {
  /// The column that a slip of the fingers most likely meant: at most a third of the letters differ.
  fileprivate static func nearest(to word: String) -> String? {
    let typed = Array(word.lowercased().utf8)
    guard typed.count <= 32 else { return nil }
    let scored = allCases.map { column in
      (name: column.rawValue, distance: distance(typed, Array(column.rawValue.utf8)))
    }
    let close = scored.filter { $0.distance * 3 <= max(typed.count, $0.name.utf8.count) }
    return close.min { $0.distance < $1.distance }?.name
  }

  /// Letters to insert, delete or replace, or neighbors to swap.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var table = [[Int]](repeating: Array(0...right.count), count: left.count + 1)
    for row in left.indices {
      table[row + 1][0] = row + 1
      for column in right.indices {
        let replaced = table[row][column] + (left[row] == right[column] ? 0 : 1)
        var least = min(table[row][column + 1] + 1, table[row + 1][column] + 1, replaced)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          least = min(least, table[row - 1][column - 1] + 1)
        }
        table[row + 1][column + 1] = least
      }
    }
    return table[left.count][right.count]
  }
}
