import Foundation
import PluginHost
import PluginProtocol
import Testing

/// A plugin's folder with an author kit in it, which goes away with the value.
final class AuthorKit: Sendable {
  enum Language: String, Sendable, CaseIterable {
    case python, r

    var script: String { self == .python ? "plugin.py" : "plugin.R" }
    var kit: String { self == .python ? "doublet_plugin.py" : "doublet_plugin.R" }
    var interpreter: [String] { self == .python ? ["python3"] : ["Rscript", "--vanilla"] }
    var command: String {
      self == .python ? #"["python3", "plugin.py"]"# : #"["Rscript", "--vanilla", "plugin.R"]"#
    }

    /// Whether the interpreter is there, with what the kit needs; says so where it is not.
    var isInstalled: Bool {
      let isThere = self == .python ? Self.hasPython : Self.hasR
      if !isThere { print("skipped: no interpreter for \(rawValue) plugins") }
      return isThere
    }

    // Once, because asking holds a thread up that other tests wait for.
    private static let hasPython = AuthorKit.succeeds("python3", "-c", "import tomllib, sqlite3")
    private static let hasR = AuthorKit.succeeds("Rscript", "-e", "library(jsonlite)")
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  let language: Language
  let folder: String

  /// A folder with the kit of a language, a manifest that lacks `run`, and the script.
  init(_ language: Language, manifest: String, script: String) throws {
    self.language = language
    folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString).path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(Self.repository)/config/kits/\(language.rawValue)/\(language.kit)",
      toPath: "\(folder)/\(language.kit)")
    try Data("run = \(language.command)\n\(manifest)".utf8).write(
      to: URL(filePath: "\(folder)/plugin.toml"))
    try Data(script.utf8).write(to: URL(filePath: "\(folder)/\(language.script)"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What the script prints, on either stream, and its exit status.
  func run(_ words: String...) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = language.interpreter + ["\(folder)/\(language.script)"] + words
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }

  static func succeeds(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
