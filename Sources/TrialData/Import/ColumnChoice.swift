/// Which columns of a source file are worth keeping.
///
/// A file of two hundred columns has a dozen that mean something to us; the others are read past
/// without being stored. What is kept are the columns of our schema, the variables of CDISC that
/// a reader here asks for, and what a mapping or `origin=` names.
struct ColumnChoice: Sendable {
  private let named: Set<String>

  init(mapping: ColumnMapping? = nil, origin: String? = nil) {
    let values = mapping?.rows.flatMap(\.columns.values) ?? []
    var names = values.compactMap(\.column) + [origin].compactMap(\.self)
    for baseline in values.compactMap(\.percentChangeFrom) {
      names += [baseline.match, baseline.column]
    }
    named = Set(names)
  }

  func keeps(_ name: String) -> Bool {
    Self.schema.contains(name) || Self.cdisc.contains(name) || named.contains(name)
  }

  private static let schema = Set(TrialTable.allCases.flatMap(\.columns).map(\.name) + ["date"])

  /// Suffixes behind the two letters of an SDTM domain.
  private static let suffixes = [
    "TESTCD", "LNKID", "LOC", "EVAL", "EVALID", "ORRES", "ORRESU", "STRESC", "STRESN", "STRESU",
    "STAT", "DTC", "DY", "SBMRKS", "TRT", "DOSE", "DOSU", "STDTC", "ENDTC", "STDY", "ENDY",
  ]

  private static let cdisc = Set(
    ["TU", "TR", "RS", "LB", "CP", "IS", "EX"].flatMap { domain in suffixes.map { domain + $0 } }
      + [
        "DOMAIN", "USUBJID", "ARM", "ACTARM", "ARMCD", "TRT01P", "TRT01A", "TRTP", "SEX", "AGE",
        "AGEU", "RFSTDTC", "RFXSTDTC", "TRTSDT", "DOSELVL", "DOSELVLU", "DOSEU", "COHORT",
        "VISIT", "AVISIT", "PARAMCD", "PARAM", "AVAL", "AVALC", "AVALU", "ADT", "ADY", "ASTDT",
        "ASTDY", "AENDT", "CNSR", "STARTDT", "NADIR", "ANL01FL",
      ])
}
