/// A condition over the columns of the subject table: `age >= 65 and sex = F`.
///
/// Comparisons are `=`, `!=`, `<`, `<=`, `>`, `>=`, `in (a, b)` and `is missing`, joined by `and`,
/// `or` and `not`, with parentheses; `and` binds more tightly than `or`, `not` more tightly than
/// both. Texts are quoted with `'` or `"` where they are not one word, and are compared with regard
/// to letter case; the words of the language are not. Numbers compare as numbers, dates of first
/// dose as ISO 8601 texts.
///
/// A missing value makes a comparison unknown, neither true nor false, and what is unknown does not
/// match: neither `age >= 65` nor `not age >= 65` holds for a patient without an age. Only
/// `age is missing` does.
///
/// ## References
///
/// - Kleene SC (1952). *Introduction to Metamathematics*. North-Holland, section 64, for the three
///   values; they are those of SQL's WHERE (ISO/IEC 9075-2).
public struct SubjectCondition: Sendable, Hashable {
  /// The condition as it was written.
  public let text: String
  let root: Node

  /// Reads a condition.
  public init(_ text: String) throws(ConditionProblem) {
    var parser = try ConditionParser(text)
    root = try parser.parse()
    self.text = text
  }

  /// Whether the patient fits; nil where a missing value leaves it open.
  public func matches(_ subject: Subject) -> Bool? { root.evaluate(subject) }

  /// The patients who fit, and those of whom a missing value leaves it open.
  public func select(
    from subjects: some Sequence<Subject>
  ) -> (matching: [Subject], unknown: [Subject]) {
    var matching: [Subject] = []
    var unknown: [Subject] = []
    for subject in subjects {
      switch matches(subject) {
      case true?: matching.append(subject)
      case nil: unknown.append(subject)
      case false?: break
      }
    }
    return (matching, unknown)
  }

  /// The columns it speaks of, in the order in which they are declared.
  public var columns: [SubjectColumn] {
    let used = root.columns
    return SubjectColumn.allCases.filter(used.contains)
  }

  /// Texts it compares for equality with that no patient has, as `sex=female` where sex is F or M.
  ///
  /// Such a comparison is never true, and most likely a slip.
  public func unusedTexts(
    among subjects: some Collection<Subject>
  ) -> [(column: SubjectColumn, text: String, present: [String])] {
    root.texts.compactMap { column, text in
      let present = Set(
        subjects.compactMap { subject -> String? in
          guard case .text(let text)? = column.value(of: subject) else { return nil }
          return text
        })
      return present.contains(text) ? nil : (column, text, present.sorted())
    }
  }
}

extension SubjectCondition {
  enum Value: Sendable, Hashable {
    case number(Double)
    case text(String)
  }

  enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  indirect enum Node: Sendable, Hashable {
    case compare(SubjectColumn, Comparison, Value)
    case isAmong(SubjectColumn, [Value])
    case isMissing(SubjectColumn)
    case not(Node)
    case and(Node, Node)
    case or(Node, Node)
  }
}

extension SubjectCondition.Node {
  func evaluate(_ subject: Subject) -> Bool? {
    switch self {
    case .compare(let column, let comparison, let value):
      return column.value(of: subject).map { comparison.holds($0, value) }
    case .isAmong(let column, let values):
      return column.value(of: subject).map { values.contains($0) }
    case .isMissing(let column):
      return column.value(of: subject) == nil
    case .not(let node):
      return node.evaluate(subject).map { !$0 }
    case .and(let left, let right):
      let (left, right) = (left.evaluate(subject), right.evaluate(subject))
      if left == false || right == false { return false }
      return left == nil || right == nil ? nil : true
    case .or(let left, let right):
      let (left, right) = (left.evaluate(subject), right.evaluate(subject))
      if left == true || right == true { return true }
      return left == nil || right == nil ? nil : false
    }
  }

  var columns: Set<SubjectColumn> {
    switch self {
    case .compare(let column, _, _), .isAmong(let column, _), .isMissing(let column): [column]
    case .not(let node): node.columns
    case .and(let left, let right), .or(let left, let right): left.columns.union(right.columns)
    }
  }

  /// Texts compared for being equal or not, each with its column.
  fileprivate var texts: [(SubjectColumn, String)] {
    switch self {
    case .compare(let column, .equal, .text(let text)),
      .compare(let column, .notEqual, .text(let text)):
      [(column, text)]
    case .isAmong(let column, let values):
      values.compactMap { value in
        if case .text(let text) = value { (column, text) } else { nil }
      }
    case .compare, .isMissing: []
    case .not(let node): node.texts
    case .and(let left, let right), .or(let left, let right): left.texts + right.texts
    }
  }
}

extension SubjectCondition.Comparison {
  fileprivate func holds(_ left: SubjectCondition.Value, _ right: SubjectCondition.Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): holds(left, right)
    case (.text(let left), .text(let right)): holds(left, right)
    // The parser gives a column only values of its own kind.
    case (.number, .text), (.text, .number): false
    }
  }

  private func holds<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
