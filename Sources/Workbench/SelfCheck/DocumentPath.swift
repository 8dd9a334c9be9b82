import JSON

/// Where a value stands in a result: `estimates[name=rate-difference].interval.lower`.
///
/// Keys are joined by dots. After a list, `[key=value]` takes its first element whose member has
/// that text, and several of them must all fit; `[2]` takes an element by its position from 0. The
/// key of a condition may be a path of keys itself, as in `estimates[interval.method=wilson]`.
struct DocumentPath: Sendable, Hashable {
  fileprivate enum Step: Sendable, Hashable {
    case key(String)
    case position(Int)
    /// Keys and the text they must lead to.
    case first([Condition])
  }

  fileprivate struct Condition: Sendable, Hashable {
    var keys: [String]
    var text: String
  }

  /// As it was written.
  let text: String
  private let steps: [Step]

  /// Nil where the text is no path.
  init?(_ text: String) {
    var steps: [Step] = []
    var rest = text[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let step = Self.takeBrackets(&rest) else { return nil }
        steps.append(step)
      } else {
        if !steps.isEmpty, rest.first == "." { rest.removeFirst() }
        let key = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
        guard !key.isEmpty else { return nil }
        steps.append(.key(String(key)))
        rest = rest.dropFirst(key.count)
      }
    }
    guard !steps.isEmpty else { return nil }
    self.text = text
    self.steps = steps
  }

  /// One step for all the brackets that follow one another.
  private static func takeBrackets(_ rest: inout Substring) -> Step? {
    var conditions: [Condition] = []
    while rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      let inner = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      if let position = Int(inner) {
        return position >= 0 && conditions.isEmpty ? .position(position) : nil
      }
      guard let equals = inner.firstIndex(of: "="), equals > inner.startIndex else { return nil }
      conditions.append(
        Condition(
          keys: inner[..<equals].split(separator: ".").map(String.init),
          text: String(inner[inner.index(after: equals)...])))
    }
    return .first(conditions)
  }

  /// The value at the path, if the document has one.
  func value(in document: JSONValue) -> JSONValue? {
    steps.reduce(document) { value, step in
      switch step {
      case .key(let key): return value?[key]
      case .position(let index):
        guard let array = value?.array, array.indices.contains(index) else { return nil }
        return array[index]
      case .first(let conditions):
        return value?.array?.first { element in
          conditions.allSatisfy { $0.fits(element) }
        }
      }
    }
  }
}

extension DocumentPath.Condition {
  fileprivate func fits(_ element: JSONValue) -> Bool {
    let value = keys.reduce(JSONValue?.some(element)) { $0?[$1] }
    return value.map { $0.string ?? $0.text } == text
  }
}
