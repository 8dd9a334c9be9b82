import JSON
import PluginHost
import PluginProtocol

/// A plugin's result with what only the daemon knows, joined as bytes.
///
/// Values a plugin wrote are copied as they are, so that no digit can change on the way.
enum ResultSplice {
  /// Why a plugin's answer is no result.
  enum Fault: Error, Sendable, Hashable {
    case notAnObject(String)
    case noAnalysis
    case wrongAnalysis(String)
    case notAList(String)
  }

  /// What the daemon says of a result itself, as JSON values.
  struct DaemonPart: Sendable {
    var analysis: String
    var plugin: JSONValue
    var dataset: JSONValue?
    /// As JSON text.
    var parameters: [UInt8]
    var seed: String?
    /// How the run stands to a plan, as JSON text.
    var plan: [UInt8]?
    /// The analyses it had the host run.
    var calls: [CalledAnalysis] = []
  }

  private static let lists = [
    "estimates", "tests", "tables", "figures", "methods", "notes", "citations",
  ]
  private static let daemonKeys: Set<String> = [
    "analysis", "plugin", "dataset", "parameters", "plan", "run",
  ]

  /// The document that is kept: everything but the reference to its run.
  static func document(_ result: [UInt8], with part: DaemonPart) throws(Fault) -> [UInt8] {
    let members: JSONMembers
    do {
      members = try JSONMembers(parsing: result)
    } catch {
      throw .notAnObject("\(error)")
    }
    let analysis = JSONValue.string(part.analysis)
    guard let said = members["analysis"] else { throw .noAnalysis }
    guard said == analysis else { throw .wrongAnalysis(said.text) }
    for list in lists {
      if let first = members.bytes(of: list)?.first, first != UInt8(ascii: "[") {
        throw .notAList(list)
      }
    }
    var writer = MemberWriter(capacity: result.count + part.parameters.count + 512)
    writer.add("analysis", analysis.bytes)
    if let title = members.bytes(of: "title") { writer.add("title", title) }
    writer.add("plugin", part.plugin.bytes)
    if let dataset = part.dataset { writer.add("dataset", dataset.bytes) }
    writer.add("parameters", part.parameters)
    if let seed = part.seed { writer.add("seed", JSONValue.string(seed).bytes) }
    if let plan = part.plan { writer.add("plan", plan) }
    for key in members.keys where !daemonKeys.contains(key) && key != "title" {
      if key == "seed", part.seed != nil { continue }
      guard let bytes = members.bytes(of: key) else { continue }
      writer.add(key, key == "methods" ? adding(part.calls, to: bytes) : bytes)
    }
    for list in lists where members.bytes(of: list) == nil {
      writer.add(list, list == "methods" ? adding(part.calls, to: empty) : empty)
    }
    return writer.finish()
  }

  private static let empty = ArraySlice("[]".utf8)

  /// The method card with a line for each analysis that was run inside.
  private static func adding(
    _ calls: [CalledAnalysis], to list: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8> {
    guard !calls.isEmpty else { return list }
    let lines = calls.map { call in
      JSONValue.object([
        "topic": .string("runs \(call.analysis)"),
        "choice": .string("plugin \(call.plugin) \(call.version)"),
      ]).text
    }
    return adding(lines.joined(separator: ","), to: list)
  }

  /// A list with more elements at its end.
  private static func adding(
    _ elements: String, to list: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8> {
    let isEmpty = list.count(where: { !" \t\r\n".utf8.contains($0) }) == 2
    return list.dropLast() + Array(((isEmpty ? "" : ",") + elements + "]").utf8)
  }

  /// An answer with one more warning.
  static func warning(_ code: String, _ text: String, addedTo answer: [UInt8]) -> [UInt8] {
    guard let members = try? JSONMembers(parsing: answer) else { return answer }
    let note: JSONValue = ["severity": "warning", "code": .string(code), "text": .string(text)]
    var writer = MemberWriter(capacity: answer.count + 256)
    for key in members.keys {
      guard let bytes = members.bytes(of: key) else { continue }
      writer.add(key, key == "notes" ? adding(note.text, to: bytes) : bytes)
    }
    return writer.finish()
  }

  /// The document as it is answered, with the run it belongs to.
  static func answer(
    _ document: some Collection<UInt8>, run: String, stored: Bool, seconds: Double?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(document.count + 96)
    // Documents are written above, without space after the closing brace.
    bytes.append(contentsOf: document.dropLast())
    var reference: JSONObject = ["id": .string(run), "stored": .bool(stored)]
    reference["durationSeconds"] = seconds.map { JSONValue($0) }
    bytes.append(contentsOf: ",\"run\":".utf8)
    bytes.append(contentsOf: JSONValue.object(reference).bytes)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}

extension ResultSplice.Fault: CustomStringConvertible {
  var description: String {
    switch self {
    case .notAnObject(let reason): "its result is not a JSON object: \(reason)"
    case .noAnalysis: "its result has no \"analysis\""
    case .wrongAnalysis(let analysis): "its result is of another analysis, \(analysis)"
    case .notAList(let key): "\"\(key)\" of its result is not an array"
    }
  }
}

/// Writes the members of an object whose values are JSON already.
private struct MemberWriter {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func add(_ key: String, _ value: some Sequence<UInt8>) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: JSONValue.string(key).bytes)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: value)
  }

  consuming func finish() -> [UInt8] { bytes + [UInt8(ascii: "}")] }
}
