import JSON
/// A chemotherapy backbone as its plugin declares it.
struct Regimen: Sendable, Hashable {
  let title: String
  let disease: String
  /// The line of treatment, such as "first".
  let line: String
  let course: Course
  let leadIn: LeadIn?
  let drugs: [Drug]
  /// Arms that got it without an immune agent.
  let controls: [PublishedArm]
  let constants: [DeclaredConstant]
  let remarks: [String]
  let verification: Verification
}

extension Regimen {
  static let kind = "regimen"

  init(_ section: DefinitionSection) {
    section.refuseUnknownKeys([
      "kind", "title", "disease", "line", "cycle_days", "cycles", "lead_in", "drug", "control",
      "constant", "remarks", "unverified",
    ])
    let (course, cycle) = Course.read(section)
    let sections = section.sections("drug")
    section.requireSections("drug")
    let drugs = sections.map { Drug($0, ofCycle: cycle) }
    DefinitionSection.refuseDuplicates(zip(drugs, sections).map { ($0.name, $1) }, "drugs")
    section.requireSections("control")
    self.init(
      title: section.requiredText("title"), disease: section.requiredText("disease"),
      line: section.requiredText("line"), course: course,
      leadIn: section.section("lead_in").map { LeadIn($0, drugs: drugs.map(\.name)) },
      drugs: drugs, controls: PublishedArm.all(section, "control"),
      constants: DeclaredConstant.all(section, of: EngineConstant.ofRegimen),
      remarks: section.texts("remarks"),
      verification: Verification(section, of: Course.values))
  }
}
