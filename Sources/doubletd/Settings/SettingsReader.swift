import PluginProtocol
import TOMLKit

/// Reads `doublet.toml`, and finds everything that is wrong with it at once.
struct SettingsReader {
  private let file: String
  private let lines: SettingsLines
  private var settings = Settings()
  private var problems: [SettingsProblem] = []

  /// - Throws: ``DaemonError/settings(_:)``.
  static func read(file: String) throws(DaemonError) -> Settings {
    switch TextFile.read(file) {
    case .success(let bytes): return try read(bytes, file: file)
    case .failure(let reason):
      throw .settings([SettingsProblem(file: file, line: nil, reason: .unreadable("\(reason)"))])
    }
  }

  static func read(_ bytes: [UInt8], file: String) throws(DaemonError) -> Settings {
    func problem(_ line: Int?, _ reason: SettingsProblem.Reason) -> DaemonError {
      .settings([SettingsProblem(file: file, line: line, reason: reason)])
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw problem(nil, .syntax("the file is not UTF-8 text"))
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw problem(error.source.begin.line, .syntax(error.description))
    } catch {
      throw problem(nil, .syntax("\(error)"))
    }
    var reader = SettingsReader(file: file, lines: SettingsLines(text))
    reader.walk(table, under: "")
    reader.compare()
    guard reader.problems.isEmpty else { throw .settings(reader.problems.sorted()) }
    return reader.settings
  }

  private init(file: String, lines: SettingsLines) {
    self.file = file
    self.lines = lines
  }

  private mutating func walk(_ table: TOMLTable, under prefix: String) {
    for key in table.keys {
      let name = prefix + key
      guard let value = table[key] else { continue }
      if let known = SettingsKey.all.first(where: { $0.name == name }) {
        if !known.apply(value, &settings) {
          note(
            name,
            .wrongValue(key: name, expected: known.expected, found: value.debugDescription))
        }
      } else if let inner = value.table, SettingsKey.all.contains(where: { $0.isIn(name) }) {
        walk(inner, under: name + ".")
      } else {
        note(name, .unknownKey(name, nearest: SettingsKey.all.map(\.name).nearest(to: name)))
      }
    }
  }

  /// Settings that make sense alone and not together.
  private mutating func compare() {
    let limits = settings.limits
    if limits.unreadSoftBytes > limits.unreadHardBytes {
      note(
        "limits.unread_soft",
        .contradiction("limits.unread_soft is larger than limits.unread_hard"))
    }
    if limits.lineBytes > limits.unansweredBytes {
      note("limits.line", .contradiction("limits.line is larger than limits.unanswered"))
    }
  }

  private mutating func note(_ key: String, _ reason: SettingsProblem.Reason) {
    problems.append(SettingsProblem(file: file, line: lines[key], reason: reason))
  }
}

extension SettingsKey {
  fileprivate func isIn(_ table: String) -> Bool { name.hasPrefix(table + ".") }
}

extension [SettingsProblem] {
  fileprivate func sorted() -> Self { sorted { ($0.line ?? 0) < ($1.line ?? 0) } }
}
