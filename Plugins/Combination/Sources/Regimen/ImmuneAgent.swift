import JSON
import PluginKit
import PluginProtocol
import Statistics

/// An immunostimulant as its plugin declares it, to be met by any backbone.
struct ImmuneAgent: Sendable, Hashable {
  let title: String
  /// At the dose asked for.
  var drug: Drug
  /// The dose it declares, in the drug's unit.
  let fullDose: Double
  let course: Course
  /// Doses that were given, in the drug's unit.
  let doseLevels: [Double]
  /// What it did alone.
  let monotherapy: [PublishedArm]
  /// What was seen beside chemotherapy.
  let evidence: [CombinationEvidence]
  let constants: [DeclaredConstant]
  let remarks: [String]
  let verification: Verification
}

extension ImmuneAgent {
  static let kind = "immune-agent"

  init(_ section: DefinitionSection) {
    section.refuseUnknownKeys([
      "kind", "title", "drug", "cycle_days", "cycles", "dose_levels", "monotherapy", "combination",
      "constant", "remarks", "unverified",
    ])
    let (course, cycle) = Course.read(section)
    let drug = section.required("drug", "a table [definition.drug]", section.section("drug"))
    let levels = section.doses("dose_levels")
    if !section.has("dose_levels") {
      section.problem("dose_levels", "missing; expected a list of doses")
    }
    section.requireSections("monotherapy")
    let read = Drug(
      drug ?? DefinitionSection([:], at: section.path, DefinitionSection.Findings()),
      ofCycle: cycle)
    self.init(
      title: section.requiredText("title"), drug: read, fullDose: read.dose, course: course,
      doseLevels: levels, monotherapy: PublishedArm.all(section, "monotherapy"),
      evidence: CombinationEvidence.all(section),
      constants: DeclaredConstant.all(section, of: EngineConstant.ofAgent),
      remarks: section.texts("remarks"),
      verification: Verification(section, of: Course.values + ["dose_levels"]))
  }
}

extension DefinitionSection {
  /// Doses, each above zero, in rising order.
  func doses(_ key: String) -> [Double] {
    let doses = numbers(key)
    for (index, dose) in doses.enumerated() where dose <= 0 {
      problem("\(key).\(index)", "\(shortNumber(dose)): a dose must be above 0")
    }
    return doses.sorted()
  }
}

extension ImmuneAgent {
  /// The agent a parameter names; nothing where it names none.
  ///
  /// - Throws: `Refusal` for a name without a definition of an agent.
  init?(_ request: RunRequest, named parameter: String) throws(Refusal) {
    guard let name = try request.values.optionalText(parameter) else { return nil }
    guard let definition = request.definitions?[parameter],
      case .immuneAgent(let agent) = try TreatmentDefinition(definition.object, named: name)
    else { throw .parameter(parameter, name, expected: "an installed immune-agent") }
    self = agent
  }
}
