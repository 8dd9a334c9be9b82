import ClientProtocol
import Crypto
import FoundationEssentials
import JSON
import PluginHost
import PluginProtocol
import TrialData

/// A file that says which columns fill which tables, in TOML.
enum MappingFile {
  static let sizeLimitBytes = 1 << 20

  /// - Throws: ``CommandFailure`` with every problem of the file, each with its line.
  static func read(_ path: String, at range: Range<Int>?) throws(CommandFailure) -> ColumnMapping {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let bytes = try contents(path, at: range)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure(name, ["\(name): is not UTF-8"], at: range)
    }
    let toml: TOMLFile
    do {
      toml = try TOMLFile(text: text, name: name, maximumBytes: sizeLimitBytes)
    } catch {
      throw failure(name, [error.description], at: range)
    }
    let problems = problems(of: toml, in: name)
    guard problems.isEmpty else { throw failure(name, problems, at: range) }
    do {
      var mapping = try ColumnMapping(json: .object(toml.object))
      mapping.name = name
      mapping.sha256 = SHA256.hash(data: bytes).hexadecimal
      return mapping
    } catch {
      throw failure(name, ["\(name): \(error)"], at: range)
    }
  }

  /// What is wrong with a mapping that is TOML, in the order of its lines.
  private static func problems(of toml: TOMLFile, in name: String) -> [String] {
    var check = MappingCheck()
    check.check(.object(toml.object))
    return check.problems.map { (line: toml.line(of: $0.path), text: $0.text) }
      .enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
      .map { "\(name)\($0.element.line.map { ":\($0)" } ?? ""): \($0.element.text)" }
  }

  private static func contents(
    _ path: String, at range: Range<Int>?
  ) throws(CommandFailure) -> [UInt8] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw CommandFailure(
        .file, "cannot read \(path)", at: range, parameter: "map", expected: "a file to read")
    }
    guard data.count <= sizeLimitBytes else {
      throw CommandFailure(
        .file, "\(path) has \(data.count) bytes", at: range, parameter: "map",
        expected: "at most \(sizeLimitBytes)")
    }
    return Array(data)
  }

  private static func failure(
    _ name: String, _ problems: [String], at range: Range<Int>?
  ) -> CommandFailure {
    CommandFailure(
      .importFailed,
      "\(problems.count) \(problems.count == 1 ? "problem" : "problems") in \(name): "
        + "nothing was imported",
      at: range, parameter: "map", problems: problems)
  }
}

extension SHA256.Digest {
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
