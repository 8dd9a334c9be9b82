import JSON
package import PluginProtocol

/// Reads a `plugin.toml` and finds everything that is wrong with it.
package struct ManifestReader: Sendable {
  /// The largest manifest that is read.
  package static let maximumBytes = 4 << 20

  /// The manifest, where there is no problem.
  package let manifest: PluginManifest?
  package let problems: [ManifestProblem]
  private let lines: TOMLLines

  /// Reads a text; the problems call it by the name of its file.
  package init(text: String, file: String) {
    do throws(ManifestProblem) {
      let toml = try TOMLFile(text: text, name: file, maximumBytes: Self.maximumBytes)
      let report = ManifestSection.Report(file: file, lines: toml.lines)
      let top = ManifestSection(object: toml.object, path: [], report: report)
      let manifest = Self.manifest(top)
      self.init(
        manifest: report.problems.isEmpty ? manifest : nil, lines: toml.lines,
        problems: report.problems)
    } catch {
      self.init(manifest: nil, lines: TOMLLines(""), problems: [error])
    }
  }

  private init(manifest: PluginManifest?, lines: TOMLLines, problems: [ManifestProblem]) {
    self.manifest = manifest
    self.lines = lines
    self.problems = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// The line of a dotted key path, such as `definition.drugs.0.dose`.
  package func line(ofKeyPath path: String) -> Int? {
    lines.line(of: path.split(separator: ".").map(String.init))
  }

  // MARK: The manifest

  private static func manifest(_ top: ManifestSection) -> PluginManifest {
    top.refuseUnknownKeys([
      "id", "version", "protocol", "summary", "run", "engine", "analysis", "definition",
    ])
    let id = name("id", in: top)
    let version = top.requiredText("version")
    readProtocol(top)
    let summary = top.requiredText("summary")
    let (run, engine) = server(top)
    let analyses = top.sections("analysis").map(analysis)
    refuseDuplicates(analyses.map(\.name), "analysis", in: top)
    return PluginManifest(
      id: id, version: version, summary: summary, run: run, engine: engine, analyses: analyses,
      definition: top.object["definition"]?.object.map(JSONObjectBox.init))
  }

  private static func readProtocol(_ top: ManifestSection) {
    guard top.object["protocol"] != nil else {
      return top.report.add("\"protocol\" is missing from the manifest", at: [])
    }
    if let version = top.wholeNumber("protocol"), version != pluginProtocolVersion {
      top.problem(
        "protocol",
        "protocol = \(version): this host speaks version \(pluginProtocolVersion)")
    }
  }

  /// What answers for the plugin: its own program, or an engine for its definition.
  private static func server(_ top: ManifestSection) -> (run: [String], engine: String?) {
    let run = top.texts("run")
    let engine = top.text("engine")
    switch (top.object["run"], top.object["engine"]) {
    case (nil, nil):
      top.report.add("the manifest has neither \"run\" nor \"engine\"", at: [])
    case (.some, .some):
      top.problem("engine", "the manifest has both \"run\" and \"engine\"")
    case (.some, nil):
      if top.object["run"]?.array?.isEmpty == true || run.first?.isEmpty == true {
        top.problem("run", "\"run\" names no program")
      }
      if top.object["definition"] != nil {
        top.problem("definition", "a definition needs an \"engine\" to serve it")
      }
    case (nil, .some):
      if top.object["definition"] == nil {
        top.problem("engine", "an engine needs a [definition] to serve")
      } else if top.object["definition"]?.object == nil {
        top.problem("definition", "\"definition\" is not a table")
      }
    }
    return (run, engine)
  }

  private static func name(_ key: String, in section: ManifestSection) -> String {
    let name = section.requiredText(key)
    let isGood = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    if !isGood {
      section.problem(key, "\(key) = \"\(name)\": expected lower-case letters, digits, - . and _")
    }
    return name
  }

  private static func refuseDuplicates(
    _ names: [String], _ key: String, in section: ManifestSection
  ) {
    for (index, name) in names.enumerated() where !name.isEmpty {
      guard names[..<index].contains(name) else { continue }
      section.report.add(
        "the \(key) \"\(name)\" is declared twice",
        at: section.path + [key, String(index), "name"])
    }
  }

  private static func analysis(_ section: ManifestSection) -> AnalysisDeclaration {
    section.refuseUnknownKeys([
      "name", "summary", "data", "parameter", "shards", "definitions", "calls",
      "examples",
    ])
    let analysis = AnalysisDeclaration(
      name: name("name", in: section), summary: section.requiredText("summary"),
      data: section.choice("data") ?? .none,
      parameters: section.sections("parameter").map(parameter), shards: section.text("shards"),
      definitions: section.texts("definitions"), calls: section.texts("calls"),
      examples: section.texts("examples"))
    if analysis.calls.contains(analysis.name) {
      section.problem("calls", "\(analysis.name) cannot run itself")
    }
    refuseDuplicates(analysis.parameters.map(\.name), "parameter", in: section)
    if analysis.parameters.count(where: { $0.datasetPrefix != nil }) > 1 {
      section.problem("parameter", "more than one parameter has a \"dataset_prefix\"")
    }
    return analysis
  }

  private static func parameter(_ section: ManifestSection) -> ParameterDeclaration {
    section.refuseUnknownKeys([
      "name", "type", "default", "help", "required", "choices", "minimum", "maximum", "positional",
      "dataset_prefix", "definition_kind", "definition_prefix",
    ])
    if section.object["type"] == nil {
      section.report.add(
        "\"type\" is missing from \(section.path.joined(separator: "."))", at: section.path)
    }
    let type: ParameterDeclaration.Kind? = section.choice("type")
    var parameter = ParameterDeclaration(
      name: name("name", in: section), type: type ?? .text, help: section.requiredText("help"),
      default: section.object["default"], required: section.flag("required") ?? false,
      choices: section.texts("choices"), minimum: section.number("minimum"),
      maximum: section.number("maximum"), positional: section.flag("positional") ?? false,
      datasetPrefix: section.text("dataset_prefix"),
      definitionKind: section.text("definition_kind"),
      definitionPrefix: section.text("definition_prefix"))
    if type != nil { check(&parameter, section) }
    return parameter
  }

  /// Holds a declaration against itself.
  private static func check(_ parameter: inout ParameterDeclaration, _ section: ManifestSection) {
    if parameter.type == .choice, parameter.choices.isEmpty {
      section.report.add("the choice \"\(parameter.name)\" has no \"choices\"", at: section.path)
    }
    if let prefix = parameter.datasetPrefix, prefix.isEmpty || parameter.type != .text {
      section.problem(
        "dataset_prefix",
        prefix.isEmpty
          ? "\"dataset_prefix\" is empty" : "only a text has a use for \"dataset_prefix\"")
    }
    if let kind = parameter.definitionKind, kind.isEmpty || parameter.type != .text {
      section.problem(
        "definition_kind",
        kind.isEmpty
          ? "\"definition_kind\" is empty" : "only a text has a use for \"definition_kind\"")
    }
    if let prefix = parameter.definitionPrefix, prefix.isEmpty || parameter.definitionKind == nil {
      section.problem(
        "definition_prefix",
        prefix.isEmpty
          ? "\"definition_prefix\" is empty"
          : "\"definition_prefix\" needs a \"definition_kind\" beside it")
    }
    if let minimum = parameter.minimum, let maximum = parameter.maximum, minimum > maximum {
      section.problem("minimum", "the minimum is above the maximum")
    }
    guard let value = parameter.default else { return }
    if parameter.required {
      section.problem("default", "a required parameter has no use for a default")
    }
    do {
      parameter.default = try parameter.checked(value)
    } catch {
      section.problem("default", "the default does not fit: \(error)")
    }
  }
}
