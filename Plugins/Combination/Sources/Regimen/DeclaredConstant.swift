import JSON
/// A number a model depends on, as a definition declares it.
struct DeclaredConstant: Sendable, Hashable {
  enum Basis: String, Sendable, CaseIterable {
    /// Read in a published source.
    case published
    /// Solved so that simulations meet a published result.
    case calibrated
    /// Chosen, because no data at hand say otherwise.
    case assumed
  }

  let name: String
  let value: Double
  let unit: String
  let basis: Basis
  let source: String
  let isUnverified: Bool
}

extension DeclaredConstant {
  init(_ section: DefinitionSection) {
    section.refuseUnknownKeys(["name", "value", "unit", "basis", "source", "unverified"])
    self.init(
      name: section.requiredText("name"),
      value: section.required("value", "a number", section.number("value")) ?? 0,
      unit: section.requiredText("unit"),
      basis: section.required("basis", Basis.names, section.choice("basis")) ?? .assumed,
      source: section.requiredText("source"), isUnverified: section.flag("unverified"))
  }

  static func all(_ section: DefinitionSection) -> [Self] {
    let sections = section.sections("constant")
    let constants = sections.map { DeclaredConstant($0) }
    DefinitionSection.refuseDuplicates(
      zip(constants, sections).map { ($0.name, $1) }, "constants")
    return constants
  }
}
