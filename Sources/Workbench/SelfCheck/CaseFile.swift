import Crypto
import FoundationEssentials
import TrialData

/// A file of reference cases, one a line: `selfcheck/*.csv` beside a plugin's manifest.
///
/// The columns may stand in any order. `method`, `command`, `path`, `expected`, `tolerance` (a
/// relative one, or `printed`) and `source` are needed; `tool`, `theirs` and `reason` name what
/// another program gives instead.
struct CaseFile: Sendable {
  static let sizeLimitBytes = 64 << 20
  static let needed = ["method", "command", "path", "expected", "tolerance", "source"]
  static let optional = ["tool", "theirs", "reason"]

  /// Under which name problems and records speak of it.
  let name: String
  let sha256: String
  private(set) var cases: [ReferenceCase] = []
  /// What is wrong with it, each with its line.
  private(set) var problems: [String] = []

  init(name: String, bytes: [UInt8]) {
    self.name = name
    sha256 = SHA256.hash(data: bytes).hexadecimal
    var reader = CSVReader()
    var records: [CSVRecord] = []
    reader.read(bytes.span) { if !$0.isBlank { records.append($0) } }
    reader.finish { if !$0.isBlank { records.append($0) } }
    problems = reader.problems.map { "\(name): \($0)" }
    guard let header = records.first else {
      add("the file is empty", line: 1)
      return
    }
    guard let columns = columns(of: header) else { return }
    for record in records.dropFirst() { read(record, columns) }
  }

  /// Reads every case file beside a manifest, in the order of their names.
  static func all(in folder: String, named plugin: String) -> [CaseFile] {
    let path = folder + "/selfcheck"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.sorted().map { file in
      let name = "\(plugin)/selfcheck/\(file)"
      guard let data = try? Data(contentsOf: URL(filePath: "\(path)/\(file)")),
        data.count <= sizeLimitBytes
      else {
        var unread = CaseFile(name: name, bytes: [])
        unread.problems = ["\(name): cannot be read, or has more than \(sizeLimitBytes) bytes"]
        return unread
      }
      return CaseFile(name: name, bytes: Array(data))
    }
  }

  private mutating func columns(of header: CSVRecord) -> [String: Int]? {
    var columns: [String: Int] = [:]
    for index in 0..<header.fieldCount {
      let column = header.text(index)
      guard (Self.needed + Self.optional).contains(column), columns[column] == nil else {
        add(
          "the column \"\(column)\" is unknown or given twice: expected "
            + (Self.needed + Self.optional).joined(separator: ", "), line: header.line)
        return nil
      }
      columns[column] = index
    }
    let missing = Self.needed.filter { columns[$0] == nil }
    guard missing.isEmpty else {
      add("the file has no column \(missing.joined(separator: ", "))", line: header.line)
      return nil
    }
    return columns
  }

  private mutating func read(_ record: CSVRecord, _ columns: [String: Int]) {
    func text(_ column: String) -> String {
      columns[column].map { $0 < record.fieldCount ? record.text($0) : "" } ?? ""
    }
    guard record.fieldCount == columns.count else {
      return add(
        "found \(record.fieldCount) fields, expected \(columns.count)", line: record.line)
    }
    if let empty = Self.needed.first(where: { text($0).isEmpty }) {
      return add("\(empty) is empty", line: record.line)
    }
    guard let path = DocumentPath(text("path")) else {
      return add("\(text("path")) is no path into a result", line: record.line)
    }
    guard let tolerance = Self.tolerance(text("tolerance")) else {
      return add(
        "tolerance cannot be \(text("tolerance")): expected a number from 0 to 1, or printed",
        line: record.line)
    }
    cases.append(
      ReferenceCase(
        file: name, line: record.line, method: text("method"), command: text("command"),
        path: path, expected: text("expected"), tolerance: tolerance, source: text("source"),
        disagreement: text("tool").isEmpty
          ? nil
          : .init(tool: text("tool"), theirs: text("theirs"), reason: text("reason"))))
  }

  private static func tolerance(_ text: String) -> ReferenceCase.Tolerance? {
    if text == "printed" { return .printed }
    guard let number = Double(text), (0...1).contains(number) else { return nil }
    return .relative(number)
  }

  private mutating func add(_ problem: String, line: Int) {
    problems.append("\(name):\(line): \(problem)")
  }
}
