import JSON
import PluginProtocol
import TumorDynamics

/// A number the tumor-dynamics engine depends on, as a definition declares it.
struct DeclaredConstant: Sendable, Hashable {
  let name: String
  let value: Double
  let unit: String
  let basis: ModelConstant.Basis
  let source: String
  let isUnverified: Bool
}

extension DeclaredConstant {
  init(_ section: DefinitionSection, of known: [EngineConstant]) {
    section.refuseUnknownKeys(["name", "value", "unit", "basis", "source", "unverified"])
    self.init(
      name: section.requiredText("name"),
      value: section.required("value", "a number", section.number("value")) ?? 0,
      unit: section.requiredText("unit"),
      basis: section.required("basis", ModelConstant.Basis.names, section.choice("basis"))
        ?? .assumed,
      source: section.requiredText("source"), isUnverified: section.flag("unverified"))
    guard !name.isEmpty else { return }
    guard let meant = known.first(where: { $0.rawValue == name }) else {
      let hint = known.map(\.rawValue).nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
      section.problem("name", "\"\(name)\" is no constant of the engine\(hint)")
      return
    }
    if !unit.isEmpty, let expected = meant.unit, unit != expected {
      section.problem("unit", "\"\(unit)\", expected \"\(expected)\"")
    }
    if section.has("value"), !(meant.range.contains(value)) {
      section.problem("value", "\(shortNumber(value)), expected \(meant.expectation)")
    }
  }

  static func all(_ section: DefinitionSection, of known: [EngineConstant]) -> [Self] {
    let sections = section.sections("constant")
    let constants = sections.map { DeclaredConstant($0, of: known) }
    DefinitionSection.refuseDuplicates(
      zip(constants, sections).map { ($0.name, $1) }, "constants")
    return constants
  }

  /// As the engine takes it; the source says where nobody has compared it.
  var modelConstant: ModelConstant {
    ModelConstant(
      name, value, unit: unit, basis, source + (isUnverified ? " (unverified)" : ""))
  }
}

extension [DeclaredConstant] {
  /// The declared value, or the one the engine assumes.
  subscript(_ constant: EngineConstant) -> ModelConstant {
    first { $0.name == constant.rawValue }?.modelConstant ?? constant.standard
  }
}
