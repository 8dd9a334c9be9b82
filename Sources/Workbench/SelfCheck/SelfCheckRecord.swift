import ClientProtocol
import Crypto
import Glibc
import JSON
import PluginProtocol
import Rendering
import Store

/// A self-check on file: a JSON file for programs and a Markdown file for people.
struct SelfCheckRecord: Sendable {
  struct File: Sendable, Hashable {
    var path: String
    var sha256: String
  }

  let report: SelfCheckReport

  /// Writes both files, named by the moment of the check, into a folder that only the owner reads.
  ///
  /// - Throws: When the folder or a file cannot be made; a record is never written over.
  func write(into folder: String) throws(CommandFailure) -> (json: File, markdown: File) {
    guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw Self.unwritable(folder)
    }
    let name = folder + "/" + String(report.at.description.map { $0 == ":" ? "-" : $0 })
    return (
      try Self.write(json.bytes + [UInt8(ascii: "\n")], to: name + ".json"),
      try Self.write(Array(markdown.utf8), to: name + ".md")
    )
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) -> File {
    let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count < 0, errno != EINTR { throw unwritable(path) }
      written += max(0, count)
    }
    guard fsync(descriptor) == 0 else { throw unwritable(path) }
    return File(path: path, sha256: SHA256.hash(data: bytes).hexadecimal)
  }

  private static func unwritable(_ path: String) -> CommandFailure {
    CommandFailure(
      .file, "cannot write \(path): \(unsafe String(cString: strerror(errno)))",
      expected: "a folder for the records of self-checks")
  }
}

extension SelfCheckRecord {
  private var facts: [(name: String, value: String)] {
    [
      ("date", report.at.description), ("user", report.user), ("doublet", report.version),
      ("verdict", report.sentence),
    ] + Machine.facts
  }

  var json: JSONValue {
    var object = JSONObject(facts.map { ($0.name, .string($0.value)) })
    object["passed"] = .bool(report.passed)
    object["durationSeconds"] = JSONValue(report.seconds)
    object["plugins"] = .array(
      report.plugins.map { plugin in
        [
          "id": .string(plugin.id), "version": .string(plugin.version),
          "sha256": .string(plugin.hash),
        ]
      })
    object["files"] = .array(
      report.files.map { ["name": .string($0.name), "sha256": .string($0.sha256)] })
    object["problems"] = .array(report.problems.map(JSONValue.string))
    object["cases"] = .array(report.cases.map(\.json))
    return .object(object)
  }

  var markdown: String {
    var head = ResultDocument(.selfcheck, title: "Self-check of Doublet")
    head.add(
      "facts", "", [.init("what", "What"), .init("value", "Value")],
      facts.map { [.string($0.name), .string($0.value)] })
    head.add(
      "files", "Files of cases", [.init("file", "File"), .init("sha256", "SHA-256")],
      report.files.map { [.string($0.name), .string($0.sha256)] })
    var all = ResultDocument(.selfcheck, title: "Every case")
    all.add(
      "cases", "",
      [
        .init("command", "Command"), .init("path", "Value"), .init("expected", "Expected"),
        .init("found", "Found"), .init("error", "Relative error"), .init("verdict", "Verdict"),
        .init("source", "Source"),
      ], report.cases.map(\.row))
    var summary = report.document
    summary.title = "Summary: \(report.sentence)"
    return [head.markdown, summary.markdown, all.markdown].joined(separator: "\n")
      + "\nReviewed by: ____________________  Date: ____________________\n"
  }
}

extension CheckedCase {
  /// How closely it had to be met.
  private var toleranceText: String {
    switch reference.tolerance {
    case .relative(let tolerance): "\(tolerance)"
    case .printed: "printed"
    }
  }

  fileprivate var row: [JSONValue] {
    [
      .string(reference.command), .string(reference.path.text), .string(reference.expected),
      outcome.found ?? .null, .string(outcome.relativeError.map { "\($0)" } ?? ""),
      .string(outcome.failure ?? "passed"), .string(reference.source),
    ]
  }

  fileprivate var json: JSONValue {
    var object: JSONObject = [
      "plugin": .string(plugin), "file": .string(reference.file),
      "line": .integer(Int64(reference.line)), "method": .string(reference.method),
      "command": .string(reference.command), "path": .string(reference.path.text),
      "expected": .string(reference.expected), "tolerance": .string(toleranceText),
      "source": .string(reference.source), "found": outcome.found ?? .null,
      "passed": .bool(outcome.passed),
    ]
    object["relativeError"] = outcome.relativeError.map { JSONValue($0) }
    object["failure"] = outcome.failure.map(JSONValue.string)
    if let other = reference.disagreement {
      object["disagreement"] = [
        "tool": .string(other.tool), "theirs": .string(other.theirs),
        "reason": .string(other.reason),
      ]
    }
    return .object(object)
  }
}
