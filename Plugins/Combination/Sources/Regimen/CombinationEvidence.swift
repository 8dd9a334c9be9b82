import JSON
import PluginProtocol
import Statistics

/// What a trial saw of an immune agent beside a chemotherapy.
struct CombinationEvidence: Sendable, Hashable {
  /// A hazard ratio of progression or death, combination against backbone.
  struct HazardRatio: Sendable, Hashable {
    let value: Double
    let lower: Double
    let upper: Double
  }

  let name: String
  let trial: String
  /// The plugin of the backbone.
  let regimen: String
  /// The backbone as a sentence calls it, such as "paclitaxel".
  let backbone: String
  /// Whether it is the trial whose claim is carried to other backbones.
  let isSource: Bool
  let isRandomized: Bool
  let count: ResponseCount?
  /// Who read its responses; nil where that is not declared.
  let assessor: PublishedArm.Assessor?
  let doses: [Double]
  let hazardRatio: HazardRatio?
  /// What it found, as the rest of a sentence that begins with the trial.
  let finding: String
  /// Days of its scans from the start of treatment.
  let scanDays: [Int]
  /// Counts of the backbone alone the source's claim is held against.
  let controls: [ResponseCount]
  let citation: String
  let note: String?
  let verification: Verification
}

extension CombinationEvidence {
  /// What is shown of it beside its count and was not compared with its source, in words.
  var unverifiedWords: [String] {
    [
      ("hazard_ratio", "hazard ratio"), ("doses", "doses"), ("controls", "controls' counts"),
    ].filter { verification.isUnverified($0.0) }.map(\.1)
  }

  /// Whether the days of its scans were, which only tumor dynamics shows.
  var areScansVerified: Bool { !verification.isUnverified("scan_days") }

  /// Whether its response count, if any, was compared with its source.
  var isCountVerified: Bool {
    !["responders", "patients"].contains(where: verification.isUnverified)
  }

  private static let values = [
    "responders", "patients", "doses", "hazard_ratio", "scan_days", "controls",
  ]

  init(_ section: DefinitionSection) {
    section.refuseUnknownKeys(
      Self.values + [
        "name", "trial", "regimen", "backbone", "source", "randomized", "assessor", "finding",
        "citation", "note", "unverified",
      ])
    let isCounted = section.has("responders") || section.has("patients")
    self.init(
      name: section.requiredText("name"), trial: section.requiredText("trial"),
      regimen: section.requiredText("regimen"), backbone: section.requiredText("backbone"),
      isSource: section.flag("source"), isRandomized: section.flag("randomized"),
      count: isCounted ? section.responseCount() : nil, assessor: section.choice("assessor"),
      doses: section.doses("doses"),
      hazardRatio: section.hazardRatio(), finding: section.requiredText("finding"),
      scanDays: section.scanDays("scan_days"),
      controls: section.counts("controls"), citation: section.requiredText("citation"),
      note: section.text("note"), verification: Verification(section, of: Self.values))
    if isSource, !isCounted {
      section.problem("source", "the source of a claim needs its responders and patients")
    }
  }

  static func all(_ section: DefinitionSection) -> [Self] {
    let sections = section.sections("combination")
    let all = sections.map { CombinationEvidence($0) }
    DefinitionSection.refuseDuplicates(zip(all, sections).map { ($0.name, $1) }, "entries")
    for place in all.indices.filter({ all[$0].isSource }).dropFirst() {
      sections[place].problem("source", "another entry is the source, too")
    }
    return all
  }
}

extension DefinitionSection {
  /// Three numbers: the ratio and its 95 % limits.
  fileprivate func hazardRatio() -> CombinationEvidence.HazardRatio? {
    guard has("hazard_ratio") else { return nil }
    let numbers = numbers("hazard_ratio")
    guard numbers.count == 3, numbers[1] > 0, numbers[1] <= numbers[0], numbers[0] <= numbers[2]
    else {
      if object["hazard_ratio"]?.array?.allSatisfy({ $0.number != nil }) == true {
        problem("hazard_ratio", "expected the ratio and its limits, such as [0.93, 0.67, 1.30]")
      }
      return nil
    }
    return .init(value: numbers[0], lower: numbers[1], upper: numbers[2])
  }

  /// Days after the start of treatment, in rising order.
  fileprivate func scanDays(_ key: String) -> [Int] {
    let days = numbers(key)
    for (index, day) in days.enumerated() where day < 1 || day != day.rounded() || day > 10_000 {
      problem("\(key).\(index)", "\(shortNumber(day)): expected a whole day from 1")
    }
    if Set(days).count < days.count { problem(key, "a day is named twice") }
    return days.filter { (1...10_000).contains($0) }.map { Int($0) }.uniqued.sorted()
  }

  fileprivate func counts(_ key: String) -> [ResponseCount] {
    texts(key).enumerated().compactMap { index, text in
      let count = ResponseCount(text)
      if count == nil { problem("\(key).\(index)", "\"\(text)\" is no count such as 54/243") }
      return count
    }
  }
}
