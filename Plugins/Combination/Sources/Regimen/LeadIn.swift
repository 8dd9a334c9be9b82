import JSON
import PluginProtocol
/// First cycles that differ from the others, such as gemcitabine weekly for 7 of 8 weeks.
struct LeadIn: Sendable, Hashable {
  let cycleDays: Int
  let cycles: Int
  /// Days of the cycle by drug.
  let days: [String: [Int]]
}

extension LeadIn {
  /// Reads the first cycles of a regimen with these drugs.
  init(_ section: DefinitionSection, drugs: [String]) {
    section.refuseUnknownKeys(["cycle_days", "cycles", "drug"])
    let length = section.required(
      "cycle_days", "a number of days", section.count("cycle_days", from: 1))
    let sections = section.sections("drug")
    if sections.isEmpty { section.problem("drug", "missing; expected the days of a drug") }
    DefinitionSection.refuseDuplicates(
      sections.map { ($0.object["name"]?.string ?? "", $0) }, "drugs")
    var days: [String: [Int]] = [:]
    for drug in sections {
      drug.refuseUnknownKeys(["name", "days"])
      let name = drug.requiredText("name")
      if !name.isEmpty, !drugs.contains(name) {
        let hint = drugs.nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
        drug.problem("name", "\"\(name)\" is no drug of the regimen\(hint)")
      }
      days[name] =
        drug.required("days", "a list of days of the cycle", drug.days("days", ofCycle: length))
    }
    self.init(
      cycleDays: max(length ?? 1, 1), cycles: section.count("cycles", from: 1) ?? 1, days: days)
  }
}
