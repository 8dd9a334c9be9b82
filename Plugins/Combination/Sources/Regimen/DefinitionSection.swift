import JSON
import PluginProtocol

/// A table of a definition while it is read: takes values out by kind and collects what is wrong.
///
/// Whatever is wrong is noted once and reading goes on with a stand-in, so that an author sees every
/// problem at once.
struct DefinitionSection {
  /// The problems of one definition.
  final class Findings {
    private(set) var diagnostics: [Diagnostic] = []

    func add(_ message: String, at path: [String]) {
      diagnostics.append(
        Diagnostic(keyPath: path.joined(separator: "."), message: message))
    }
  }

  let object: JSONObject
  let path: [String]
  let findings: Findings

  init(_ object: JSONObject, at path: [String], _ findings: Findings) {
    self.object = object
    self.path = path
    self.findings = findings
  }

  func problem(_ key: String, _ message: String) { findings.add(message, at: path + [key]) }

  func has(_ key: String) -> Bool { object[key] != nil }

  func refuseUnknownKeys(_ known: [String]) {
    for key in object.keys where !known.contains(key) {
      let hint = known.nearest(to: key).map { "; did you mean \"\($0)\"?" } ?? ""
      problem(key, "no such key\(hint)")
    }
  }

  /// A value by kind; says so where it is of another.
  func value<Value>(
    _ key: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) -> Value? {
    guard let value = object[key] else { return nil }
    if let converted = convert(value) { return converted }
    problem(key, "\(value.kind), expected \(expected)")
    return nil
  }

  /// A value that must be there; says so where it is not.
  func required<Value>(_ key: String, _ expected: String, _ value: Value?) -> Value? {
    if object[key] == nil { problem(key, "missing; expected \(expected)") }
    return value
  }
}

extension DefinitionSection {
  func text(_ key: String) -> String? {
    let text = value(key, "text", \.string)
    if text?.isEmpty == true { problem(key, "empty; expected text") }
    return text
  }

  func requiredText(_ key: String) -> String { required(key, "text", text(key)) ?? "" }

  func texts(_ key: String) -> [String] {
    value(key, "a list of texts") { value in
      let texts = value.array?.compactMap(\.string)
      return texts?.count == value.array?.count ? texts : nil
    } ?? []
  }

  func flag(_ key: String) -> Bool { value(key, "true or false", \.bool) ?? false }

  func number(_ key: String) -> Double? { value(key, "a number", Self.finite) }

  /// A number above zero, such as a dose or a time.
  func positive(_ key: String, _ what: String) -> Double? {
    let number = number(key)
    if let number, number <= 0 {
      problem(key, "\(JSONValue(number).text): \(what) must be above 0")
    }
    return number
  }

  func count(_ key: String, from least: Int) -> Int? {
    let count = value(key, "a whole number", Self.whole)
    if let count, count < least { problem(key, "\(count), expected \(least) or more") }
    return count
  }

  func numbers(_ key: String) -> [Double] {
    value(key, "a list of numbers") { value in
      let numbers = value.array?.compactMap(Self.finite)
      return numbers?.count == value.array?.count ? numbers : nil
    } ?? []
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let hint = names.nearest(to: text).map { "; did you mean \"\($0)\"?" } ?? ""
    problem(key, "\"\(text)\", expected one of \(names.joined(separator: ", "))\(hint)")
    return nil
  }

  /// Days of a cycle, each once and in order.
  func days(_ key: String, ofCycle length: Int?) -> [Int] {
    let days: [Int] =
      value(key, "a list of days of the cycle") { value -> [Int]? in
        let days = value.array?.compactMap(Self.whole)
        return days?.count == value.array?.count ? days : nil
      } ?? []
    if has(key), object[key]?.array?.isEmpty == true { problem(key, "no day is named") }
    for (index, day) in days.enumerated() {
      let place = "\(key).\(index)"
      if day < 1 {
        problem(place, "day \(day); the first day of a cycle is day 1")
      } else if let length, length > 0, day > length {
        problem(place, "day \(day) of a cycle of \(length) days")
      }
      if days[..<index].contains(day) { problem(place, "day \(day) is named twice") }
    }
    return days.sorted()
  }

  /// Whether a count is not 15.0 in disguise is no author's business: 15.0 is 15.
  private static func whole(_ value: JSONValue) -> Int? {
    value.string == nil ? value.integer.flatMap { Int(exactly: $0) } : nil
  }

  private static func finite(_ value: JSONValue) -> Double? {
    value.string == nil ? value.number : nil
  }
}

extension DefinitionSection {
  func section(_ key: String) -> Self? {
    value(key, "a table", \.object).map { Self($0, at: path + [key], findings) }
  }

  /// The tables of an array of tables.
  func sections(_ key: String) -> [Self] {
    let name = (path + [key]).filter { Int($0) == nil }.joined(separator: ".")
    let tables = value(key, "tables, each under [[\(name)]]", \.array) ?? []
    return tables.enumerated().compactMap { index, table in
      let path = path + [key, String(index)]
      guard let object = table.object else {
        findings.add("\(table.kind), expected a table under [[\(name)]]", at: path)
        return nil
      }
      return Self(object, at: path, findings)
    }
  }

  /// Says which names occur more than once; `what` is their plural.
  static func refuseDuplicates(_ names: [(name: String, section: Self)], _ what: String) {
    for (index, named) in names.enumerated() where !named.name.isEmpty {
      guard names[..<index].contains(where: { $0.name == named.name }) else { continue }
      named.section.problem("name", "two \(what) are called \"\(named.name)\"")
    }
  }
}
