import JSON

/// A table of a manifest while it is read: takes values out by kind and collects what is wrong.
struct ManifestSection {
  /// Collects the problems of one file.
  final class Report {
    private let file: String
    private let lines: TOMLLines
    private(set) var problems: [ManifestProblem] = []

    init(file: String, lines: TOMLLines) {
      self.file = file
      self.lines = lines
    }

    func add(_ message: String, at path: [String]) {
      problems.append(ManifestProblem(file: file, line: lines.line(of: path), message: message))
    }
  }

  let object: JSONObject
  let path: [String]
  let report: Report

  /// What the table is called in a message: `analysis 2`, or nothing at the top.
  private var owner: String {
    path.isEmpty ? "the manifest" : path.joined(separator: ".")
  }

  func refuseUnknownKeys(_ known: [String]) {
    for key in object.keys where !known.contains(key) {
      let hint = NearestName.of(key, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      report.add("\"\(key)\" is not a key of \(owner)\(hint)", at: path + [key])
    }
  }

  func problem(_ key: String, _ message: String) { report.add(message, at: path + [key]) }

  func text(_ key: String) -> String? {
    value(key, "text", \.string)
  }

  func requiredText(_ key: String) -> String {
    guard object[key] != nil else {
      report.add("\"\(key)\" is missing from \(owner)", at: path)
      return ""
    }
    let text = text(key)
    if text?.isEmpty == true { problem(key, "\"\(key)\" is empty") }
    return text ?? ""
  }

  func wholeNumber(_ key: String) -> Int? {
    value(key, "a whole number") { value in
      if case .integer(let integer) = value { Int(exactly: integer) } else { nil }
    }
  }

  func number(_ key: String) -> Double? {
    value(key, "a number") { value in
      switch value {
      case .integer(let integer): Double(integer)
      case .number(let number): number
      default: nil
      }
    }
  }

  func flag(_ key: String) -> Bool? { value(key, "true or false", \.bool) }

  func texts(_ key: String) -> [String] {
    let texts = value(key, "a list of texts") { value -> [String]? in
      guard let array = value.array else { return nil }
      let texts = array.compactMap(\.string)
      return texts.count == array.count ? texts : nil
    }
    return texts ?? []
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let hint = NearestName.of(text, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
    problem(key, "\(key) = \"\(text)\": expected one of \(names.joined(separator: ", "))\(hint)")
    return nil
  }

  /// The tables of an array of tables.
  func sections(_ key: String) -> [ManifestSection] {
    let array = value(
      key,
      "a list of tables ([[\((path + [key]).filter { Int($0) == nil }.joined(separator: "."))]])",
      \.array)
    var sections: [ManifestSection] = []
    for (index, element) in (array ?? []).enumerated() {
      let path = path + [key, String(index)]
      if let object = element.object {
        sections.append(ManifestSection(object: object, path: path, report: report))
      } else {
        report.add("\(key) \(index + 1) is \(element.kind), expected a table", at: path)
      }
    }
    return sections
  }

  private func value<Value>(
    _ key: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) -> Value? {
    guard let value = object[key] else { return nil }
    guard let converted = convert(value) else {
      problem(key, "\"\(key)\" is \(value.kind), expected \(expected)")
      return nil
    }
    return converted
  }
}
