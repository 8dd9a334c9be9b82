import JSON
import PluginProtocol
import Rendering
import TrialData

/// Disposition and baseline of the patients, a column for each arm and dose.
struct BaselineTable {
  /// A wider table would not fit a screen; the groups are then listed below one another.
  private static let mostColumns = 5

  private struct Group {
    var label: String
    var subjects: [Subject]
  }

  let contents: DatasetContents
  private var groups: [Group] = []
  private var rows: [[JSONValue]] = []

  init(_ contents: DatasetContents) {
    self.contents = contents
    groups = Self.groups(contents.subjects)
    addDisposition()
    addDemographics()
    addDisease()
  }

  var table: ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "baseline", title: "Disposition and baseline",
      columns: [.init("what", "")]
        + groups.enumerated().map { .init("group_\($0.offset + 1)", $0.element.label) },
      rows: rows)
  }

  /// Arms with their doses in the order of both, then all patients.
  private static func groups(_ subjects: [Subject]) -> [Group] {
    let all = Group(label: "All", subjects: subjects)
    let arms = Set(subjects.map(\.arm))
    let keyed = Dictionary(grouping: subjects) { subject in
      [arms.count > 1 ? subject.arm ?? "(no arm)" : nil, DatasetDescription.dose(subject).string]
        .compactMap(\.self).joined(separator: ", ")
    }
    guard (2...mostColumns).contains(keyed.count) else { return [all] }
    let groups = keyed.map { Group(label: $0.key.isEmpty ? "(none)" : $0.key, subjects: $0.value) }
    return groups.sorted { left, right in
      let (one, other) = (left.subjects[0], right.subjects[0])
      return (one.arm ?? "\u{FFFF}", one.doseLevel ?? .infinity, left.label)
        < (other.arm ?? "\u{FFFF}", other.doseLevel ?? .infinity, right.label)
    } + [all]
  }

  // MARK: Rows

  private mutating func addDisposition() {
    let scans = contents.scans
    let response = contents.withResponse
    let dosed = Set(contents.exposures.map(\.subject))
    add("Patients") { "\($0.count)" }
    if !dosed.isEmpty { addShare("Treated") { dosed.contains($0.subject) } }
    addShare("Scanned after day 0") { scans[$0.subject] != nil }
    addShare("Evaluable response") { response.contains($0.subject) }
    addNumbers("Scans after day 0") { scans[$0.subject].map(Double.init) ?? 0 }
    let lastDays = contents.lastDays
    addNumbers("Last day known") { lastDays[$0.subject].map(Double.init) }
  }

  private mutating func addDemographics() {
    if contents.subjects.contains(where: { $0.age != nil }) {
      addNumbers("Age, years") { $0.age }
      addMissing("Age missing") { $0.age == nil }
    }
    let sexes = Set(contents.subjects.compactMap(\.sex)).sorted()
    for sex in sexes { addShare("Sex \(sex)") { $0.sex == sex } }
    if !sexes.isEmpty { addMissing("Sex missing") { $0.sex == nil } }
  }

  private mutating func addDisease() {
    let targets = contents.targetLesions
    let sums = contents.baselineSums
    if !targets.isEmpty {
      addShare("Target lesion") { targets[$0.subject] != nil }
      addNumbers("Target lesions each") { targets[$0.subject].map(Double.init) }
    }
    guard !sums.isEmpty else { return }
    addNumbers("Baseline sum, mm") { sums[$0.subject] }
    addMissing("Sum not known") { sums[$0.subject] == nil }
  }

  // MARK: Cells

  private mutating func add(_ label: String, _ cell: ([Subject]) -> String) {
    rows.append([.string(label)] + groups.map { .string(cell($0.subjects)) })
  }

  private mutating func addShare(_ label: String, _ fits: (Subject) -> Bool) {
    add(label) { subjects in
      let count = subjects.count(where: fits)
      return subjects.isEmpty
        ? "0" : "\(count) (\(NumberText.percent(Double(count) / Double(subjects.count))) %)"
    }
  }

  /// A row only where something is missing.
  private mutating func addMissing(_ label: String, _ isMissing: (Subject) -> Bool) {
    guard contents.subjects.contains(where: isMissing) else { return }
    add(label) { "\($0.count(where: isMissing))" }
  }

  private mutating func addNumbers(_ label: String, _ value: (Subject) -> Double?) {
    add(label) { Spread($0.compactMap(value))?.text ?? "" }
  }
}
