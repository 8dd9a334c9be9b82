import PluginProtocol
import Statistics

/// What one analysis of one arm of a trial published.
///
/// Analyses of one trial are alternatives, never trials of their own: exactly one is primary.
struct PublishedArm: Sendable, Hashable {
  enum Assessor: String, Sendable, CaseIterable {
    case investigator, independent, unstated

    /// How responses were read, in a sentence.
    var words: String {
      switch self {
      case .investigator: "by its investigators"
      case .independent: "independently"
      case .unstated: "by somebody unstated"
      }
    }
  }

  let name: String
  let trial: String
  let isPrimary: Bool
  /// Responders of the patients in the denominator of the response rate.
  let count: ResponseCount
  /// Whether the responders were reckoned back from a printed percentage.
  let isDerived: Bool
  /// Who is in the denominator, such as "measurable disease".
  let population: String
  let assessor: Assessor
  let notEvaluable: Int?
  let medianProgressionFreeMonths: Double?
  let medianSurvivalMonths: Double?
  /// Days between scans.
  let scanInterval: Double?
  /// Doses of an immune agent it was seen at.
  let doses: [Double]
  let citation: String
  let note: String?
  let verification: Verification

  /// Who is in the denominator, who of them had no response, and how often they were scanned.
  var populationText: String {
    var parts = [population]
    if let notEvaluable { parts.append("\(notEvaluable) not evaluable") }
    if let scanInterval { parts.append("scans every \(shortNumber(scanInterval)) d") }
    return parts.joined(separator: "; ")
  }

  /// Where the count comes from, in a word.
  var countStanding: String {
    isCountVerified ? isDerived ? "from a percentage" : "verified" : "unverified"
  }

  /// What is shown of it beside its count and was not compared with its source, in words.
  var unverifiedWords: [String] {
    [
      ("median_pfs_months", "median PFS"), ("median_os_months", "median OS"),
      ("not_evaluable", "patients not evaluable"), ("scan_interval", "days between scans"),
      ("doses", "doses"),
    ].filter { verification.isUnverified($0.0) }.map(\.1)
  }

  /// Whether the response count itself was compared with its source.
  var isCountVerified: Bool {
    !["responders", "patients", "printed_percent"].contains(where: verification.isUnverified)
  }
}

extension PublishedArm {
  private static let values = [
    "responders", "patients", "printed_percent", "not_evaluable", "median_pfs_months",
    "median_os_months", "scan_interval", "doses",
  ]

  init(_ section: DefinitionSection) {
    section.refuseUnknownKeys(
      Self.values + [
        "name", "trial", "primary", "derived", "population", "assessor", "citation", "note",
        "unverified",
      ])
    let count = section.responseCount()
    self.init(
      name: section.requiredText("name"), trial: section.requiredText("trial"),
      isPrimary: section.flag("primary"), count: count,
      isDerived: section.flag("derived"), population: section.requiredText("population"),
      assessor: section.required("assessor", Assessor.names, section.choice("assessor"))
        ?? .unstated,
      notEvaluable: section.notEvaluable(of: count),
      medianProgressionFreeMonths: section.positive("median_pfs_months", "a time"),
      medianSurvivalMonths: section.positive("median_os_months", "a time"),
      scanInterval: section.duration("scan_interval"), doses: section.doses("doses"),
      citation: section.requiredText("citation"), note: section.text("note"),
      verification: Verification(section, of: Self.values))
    section.comparePrintedPercent(with: count)
  }

  /// Reads the arms under a key and holds them against each other.
  static func all(_ section: DefinitionSection, _ key: String) -> [Self] {
    let sections = section.sections(key)
    let arms = sections.map { PublishedArm($0) }
    DefinitionSection.refuseDuplicates(
      zip(arms, sections).map { ($0.name, $1) }, "entries")
    for trial in Set(arms.map(\.trial)).sorted() where !trial.isEmpty {
      let places = arms.indices.filter { arms[$0].trial == trial }
      let primaries = places.filter { arms[$0].isPrimary }
      if places.count > 1, primaries.isEmpty {
        sections[places[0]].problem(
          "primary", "\(places.count) analyses of \(trial) and none says primary = true")
      }
      for place in primaries.dropFirst() {
        sections[place].problem("primary", "\(trial) has another primary analysis")
      }
    }
    return arms
  }
}

extension [PublishedArm] {
  /// One arm a trial: the primary analysis of each.
  var primaries: Self {
    filter { arm in arm.isPrimary || count { $0.trial == arm.trial } == 1 }
  }
}

extension DefinitionSection {
  /// Responders of patients under those two keys.
  func responseCount() -> ResponseCount {
    let responders = required("responders", "a whole number", count("responders", from: 0))
    let patients = required("patients", "a whole number", count("patients", from: 1))
    if let responders, let patients {
      if let count = try? ResponseCount(responders: responders, patients: patients) {
        return count
      }
      if responders > patients, patients > 0 {
        problem("responders", "\(responders) responders of \(patients) patients")
      } else if patients > ResponseCount.maximumPatients {
        problem("patients", "\(patients) are more patients than any trial has")
      }
    }
    return Self.nobody
  }

  /// What stands for a count that cannot be read.
  private static let nobody: ResponseCount = {
    guard let count = try? ResponseCount(responders: 0, patients: 1) else {
      preconditionFailure("0/1 is a count")
    }
    return count
  }()

  fileprivate func notEvaluable(of responses: ResponseCount) -> Int? {
    let missing = count("not_evaluable", from: 0)
    if let missing, missing > responses.nonResponders, has("patients"), has("responders") {
      problem(
        "not_evaluable",
        "\(missing) of \(responses.patients) patients, \(responses.responders) of whom responded")
    }
    return missing
  }

  /// A duration such as `8w`, in days.
  fileprivate func duration(_ key: String) -> Double? {
    guard let text = text(key) else { return nil }
    guard let days = ParameterDeclaration.days(text), days > 0 else {
      problem(key, "\"\(text)\", expected a duration such as 56d or 8w")
      return nil
    }
    return days
  }

  /// A percentage that was printed is that of the count, as far as whole patients allow.
  fileprivate func comparePrintedPercent(with count: ResponseCount) {
    guard let printed = number("printed_percent"), has("responders"), has("patients") else {
      return
    }
    let isWhole = printed == printed.rounded()
    let slack = (isWhole ? 0.5 : 0.05) + 50 / Double(count.patients)
    guard (printed - 100 * count.rate).magnitude > slack else { return }
    problem(
      "printed_percent",
      "\(shortNumber(printed)) % is not \(count.text), which is \(shortNumber(100 * count.rate)) %")
  }
}
