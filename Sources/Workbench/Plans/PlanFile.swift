import ClientProtocol
import Crypto
import FoundationEssentials
import JSON
import PluginHost
import PluginProtocol
import Store
import TrialData

/// A pre-specified analysis as somebody writes it down, in TOML.
///
/// ```toml
/// title = "Objective response, P011"
/// author = "A. Statistician"
/// analysis = "response-rate"
/// dataset = "p011"
///
/// [parameters]
/// control = "61/243"
/// alternative = "greater"
/// ```
struct PlanFile {
  static let sizeLimitBytes = 1 << 20
  static let keys = [
    "name", "title", "author", "text", "analysis", "dataset", "seed", "parameters",
  ]

  /// The file's own name, as problems have it.
  private let file: String
  private let toml: TOMLFile
  private let commands: CommandTable
  private var problems: [(line: Int, text: String)] = []

  /// The request for a file, checked against what the plugins declare.
  ///
  /// - Throws: ``CommandFailure`` of kind `plan.invalid` with every problem, each with its line.
  static func request(
    _ path: String, at range: Range<Int>, commands: CommandTable,
    plugin: (String) throws(CommandFailure) -> PreparedRun.Plugin
  ) throws(CommandFailure) -> PlanRequest {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let data = try? Data(contentsOf: URL(filePath: path)), data.count <= sizeLimitBytes else {
      throw CommandFailure(
        .file, "cannot read \(path)", at: range,
        expected: "a file of at most \(sizeLimitBytes) bytes")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw failure(name, ["\(name): is not UTF-8"], at: range)
    }
    let toml: TOMLFile
    do {
      toml = try TOMLFile(text: text, name: name, maximumBytes: sizeLimitBytes)
    } catch {
      throw failure(name, [error.description], at: range)
    }
    var file = PlanFile(file: name, toml: toml, commands: commands)
    var request = file.read()
    if let first = file.problemTexts.first {
      throw failure(name, [first] + file.problemTexts.dropFirst(), at: range)
    }
    let server = try plugin(request.pluginID)
    request.pluginVersion = server.version
    request.pluginHash = server.hash
    request.text = text
    request.sha256 = SHA256.hash(data: data).hexadecimal
    return request
  }

  private init(file: String, toml: TOMLFile, commands: CommandTable) {
    self.file = file
    self.toml = toml
    self.commands = commands
  }

  private var problemTexts: [String] {
    problems.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }.map {
      $0.element.line > 0
        ? "\(file):\($0.element.line): \($0.element.text)" : "\(file): \($0.element.text)"
    }
  }

  private static func failure(
    _ name: String, _ problems: [String], at range: Range<Int>
  ) -> CommandFailure {
    CommandFailure(
      .planInvalid, "\(counted(problems.count, "problem")) in \(name): no plan was registered",
      at: range, problems: problems)
  }
}

extension PlanFile {
  private mutating func add(_ text: String, at path: [String]) {
    problems.append((toml.line(of: path) ?? 0, text))
  }

  private mutating func read() -> PlanRequest {
    for key in toml.object.keys where !Self.keys.contains(key) {
      add(
        "\"\(key)\" is not a key of a plan" + Self.hint(Self.keys.nearest(to: key)), at: [key])
    }
    for key in ["author", "text"] { _ = text(key) }
    var parameters: JSONObject = [:]
    let analysis = requiredText("analysis")
    let declared = commands.analysis(analysis)
    if let declared {
      parameters = readParameters(declared.declaration)
    } else if !analysis.isEmpty {
      let names = commands.analyses.map(\.declaration.name)
      add(
        "there is no analysis \"\(analysis)\"" + Self.hint(names.nearest(to: analysis)),
        at: ["analysis"])
    }
    return PlanRequest(
      name: readName(), sha256: "", text: "", title: requiredText("title"), analysis: analysis,
      parameters: JSONValue.object(parameters).canonical.text, seed: readSeed(),
      dataset: text("dataset"), pluginID: declared?.plugin ?? "", pluginVersion: "",
      pluginHash: "")
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean \"\($0)\"?" } ?? ""
  }

  private mutating func text(_ key: String) -> String? {
    guard let value = toml.object[key] else { return nil }
    guard let text = value.string else {
      add("\(key) must be a text, not \(value.kind)", at: [key])
      return nil
    }
    return text
  }

  private mutating func requiredText(_ key: String) -> String {
    guard toml.object[key] != nil else {
      add("the plan has no \"\(key)\"", at: [])
      return ""
    }
    let text = text(key)
    if text?.isEmpty == true { add("\(key) is empty", at: [key]) }
    return text ?? ""
  }

  /// The name it is registered under: the one it says, or that of the file.
  private mutating func readName() -> String {
    let stem = file.hasSuffix(".toml") ? String(file.dropLast(5)) : file
    let name = text("name") ?? stem
    let isGood =
      !name.isEmpty && name.utf8.count <= 64 && !name.hasSuffix(".toml")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    if !isGood {
      add(
        "\(name.commandToken) cannot name a plan: expected up to 64 letters, digits, - _ and .",
        at: ["name"])
    }
    return name
  }

  private mutating func readSeed() -> String? {
    guard let value = toml.object["seed"] else { return nil }
    do {
      return try CommonParameters.seed(value.string ?? value.text)
    } catch {
      add(error.description, at: ["seed"])
      return nil
    }
  }

  private mutating func readParameters(_ analysis: AnalysisDeclaration) -> JSONObject {
    let given = toml.object["parameters"] ?? .object([:])
    guard let given = given.object else {
      add("parameters must be a table", at: ["parameters"])
      return [:]
    }
    let names = analysis.parameters.map(\.name)
    for key in given.keys where !names.contains(key) {
      add(
        "\(analysis.name) has no parameter \"\(key)\"" + Self.hint(names.nearest(to: key)),
        at: ["parameters", key])
    }
    var parameters: JSONObject = [:]
    for declaration in analysis.parameters {
      guard let value = given[declaration.name] else {
        if declaration.required {
          add("\(analysis.name) needs \(declaration.name)", at: ["parameters"])
        }
        parameters[declaration.name] = declaration.default.map {
          (try? declaration.checked($0)) ?? $0
        }
        continue
      }
      do {
        parameters[declaration.name] = try declaration.checked(Self.typed(value, declaration))
        checkCondition(value, declaration)
      } catch {
        add(
          error.description + Self.hint(declaration.choices.nearest(to: error.value)),
          at: ["parameters", declaration.name])
      }
    }
    return parameters
  }

  /// A plan is registered long before its analysis could refuse the condition.
  private mutating func checkCondition(_ value: JSONValue, _ declaration: ParameterDeclaration) {
    guard declaration.type == .condition, let text = value.string else { return }
    do throws(ConditionProblem) {
      _ = try SubjectCondition(text)
    } catch {
      add("\(declaration.name)=\(text): \(error)", at: ["parameters", declaration.name])
    }
  }

  /// `control = 0.25` means the text one would type.
  private static func typed(_ value: JSONValue, _ declaration: ParameterDeclaration) -> JSONValue {
    switch (declaration.type, value) {
    case (.text, .integer), (.text, .number), (.choice, .integer), (.choice, .number):
      .string(value.text)
    default: value
    }
  }
}
