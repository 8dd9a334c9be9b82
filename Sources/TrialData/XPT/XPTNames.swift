/// Our names in a SAS transport file, where eight letters must do.
///
/// Names that fit stand as they are. The others, with the table's or column's full name as their
/// label: MEASURE and ASSESS are `measurement` and `assessment`; DOSELVL, DOSEU and FIRSTDOS are
/// `dose_level`, `dose_unit` and `first_dose`; SUMDIAM, NONTARG, NEWLESN and EVALUATR are
/// `sum_of_diameters`, `non_target`, `new_lesion` and `evaluator`.
struct XPTNames {
  /// The name of the table, in lower case.
  let table: String
  private let isOurs: Bool

  init(_ member: XPTMember) {
    let name = member.name.lowercased()
    let ours = TrialTable.allCases.first { Self.name(of: $0).lowercased() == name }
    table = ours?.rawValue ?? name
    isOurs = ours != nil
  }

  /// Ours for a short name in a table of ours; any other stays as it is.
  func column(_ name: String) -> String {
    guard isOurs, let table = TrialTable(rawValue: table) else { return name }
    return table.columns.first { Self.name(ofColumn: $0.name) == name.uppercased() }?.name ?? name
  }

  static func name(of table: TrialTable) -> String {
    switch table {
    case .measurement: "MEASURE"
    case .assessment: "ASSESS"
    default: table.rawValue.uppercased()
    }
  }

  static func name(ofColumn name: String) -> String { short[name] ?? name.uppercased() }

  private static let short = [
    "dose_level": "DOSELVL", "dose_unit": "DOSEU", "first_dose": "FIRSTDOS",
    "sum_of_diameters": "SUMDIAM", "non_target": "NONTARG", "new_lesion": "NEWLESN",
    "evaluator": "EVALUATR",
  ]
}
