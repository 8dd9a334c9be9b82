import JSON
import PluginProtocol

/// What the definition of a declarative plugin of this engine can be.
enum TreatmentDefinition: Sendable, Hashable {
  case regimen(Regimen)
  case immuneAgent(ImmuneAgent)

  private static let kinds = [Regimen.kind, ImmuneAgent.kind]

  /// Reads a definition.
  ///
  /// - Returns: The definition, where nothing is wrong with it, or else everything that is.
  static func read(_ object: JSONObject) -> (definition: Self?, diagnostics: [Diagnostic]) {
    let findings = DefinitionSection.Findings()
    let section = DefinitionSection(object, at: ["definition"], findings)
    let definition: Self?
    switch section.text("kind") {
    case Regimen.kind: definition = .regimen(Regimen(section))
    case ImmuneAgent.kind: definition = .immuneAgent(ImmuneAgent(section))
    case let kind:
      definition = nil
      let expected = "\"\(Regimen.kind)\" or \"\(ImmuneAgent.kind)\""
      if !section.has("kind") {
        section.problem("kind", "missing; expected \(expected)")
      } else if let kind {
        let hint = kinds.nearest(to: kind).map { "; did you mean \"\($0)\"?" } ?? ""
        section.problem("kind", "\"\(kind)\", expected \(expected)\(hint)")
      }
    }
    return (findings.diagnostics.isEmpty ? definition : nil, findings.diagnostics)
  }

  /// - Throws: `Refusal` with the first problem, for a definition that was never checked.
  init(_ object: JSONObject, named name: String) throws(Refusal) {
    let (definition, diagnostics) = Self.read(object)
    guard let definition else {
      let first = diagnostics.first.map { "\($0.keyPath): \($0.message)" } ?? "unreadable"
      let rest = diagnostics.count > 1 ? ", and \(diagnostics.count - 1) more" : ""
      throw Refusal(
        "definition.invalid",
        "the definition of \(name) has problems: \(first)\(rest);"
          + " plugins reload lists them all")
    }
    self = definition
  }
}
