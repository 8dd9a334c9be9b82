/// The CDISC data sets that are read: SDTM domains and ADaM data sets.
enum CDISCDomain: String, Sendable, Hashable, CaseIterable {
  case dm = "DM"
  case ex = "EX"
  case tu = "TU"
  case tr = "TR"
  case rs = "RS"
  case lb = "LB"
  case cp = "CP"
  case immunology = "IS"
  case adsl = "ADSL"
  case adex = "ADEX"
  case adtr = "ADTR"
  case adrs = "ADRS"
  case adtte = "ADTTE"
  case adlb = "ADLB"
  case adis = "ADIS"

  /// What the `DOMAIN` column says, or else the name, or else the columns only one of them has.
  ///
  /// A name says it with a word of its own: `adtr`, `adam_adtr_onco`, `ADTR` in a SAS file.
  init?(of source: SourceTable) {
    guard source.column("USUBJID") != nil else { return nil }
    if let column = source.column("DOMAIN"), source.rowCount > 0,
      let domain = source.text(0, column).flatMap(Self.init(rawValue:))
    {
      self = domain
      return
    }
    let words = source.stem.split { !$0.isLetter && !$0.isNumber }.map { $0.uppercased() }
    if let domain = words.lazy.compactMap(Self.init(rawValue:)).first, domain.fits(source) {
      self = domain
      return
    }
    let marks: [(String, Self)] = [
      ("TUTESTCD", .tu), ("TRTESTCD", .tr), ("RSTESTCD", .rs), ("LBTESTCD", .lb),
      ("CPTESTCD", .cp), ("ISTESTCD", .immunology), ("RFSTDTC", .dm), ("EXSTDTC", .ex),
      ("CNSR", .adtte), ("NADIR", .adtr), ("TRTSDT", .adsl),
    ]
    guard let domain = marks.first(where: { source.column($0.0) != nil })?.1,
      domain != .adsl || source.column("PARAMCD") == nil
    else { return nil }
    self = domain
  }

  /// Whether it is an ADaM data set.
  var isAnalysis: Bool { rawValue.hasPrefix("AD") }

  /// What stands before the names of an SDTM domain's own columns.
  var prefix: String { isAnalysis ? "" : rawValue }

  /// Whether a file that is named like it has the column it cannot do without.
  private func fits(_ source: SourceTable) -> Bool {
    let columns: [String] =
      switch self {
      case .dm: ["ARM", "ARMCD", "RFSTDTC", "RFXSTDTC", "SEX", "AGE"]
      case .adsl: ["ARM", "TRT01P", "TRT01A", "TRTSDT", "SEX", "AGE", "COHORT", "DOSELVL"]
      case .ex, .adex: ["EXTRT", "EXDOSE", "PARAMCD"]
      case .adtr, .adrs, .adtte, .adlb, .adis: ["PARAMCD"]
      default: ["\(rawValue)TESTCD"]
      }
    return source.column(anyOf: columns) != nil
  }

  /// Columns of a row's date, the first there is.
  var dateColumns: [String] {
    switch self {
    case .ex: ["EXSTDTC"]
    case .adex: ["ASTDT", "EXSTDTC", "ADT"]
    case _ where isAnalysis: ["ADT"]
    default: ["\(rawValue)DTC"]
    }
  }

  /// Columns of a row's study day, the first there is.
  var dayColumns: [String] {
    switch self {
    case .ex: ["EXSTDY"]
    case .adex: ["ASTDY", "EXSTDY", "ADY"]
    case _ where isAnalysis: ["ADY"]
    default: ["\(rawValue)DY"]
    }
  }

  /// The SDTM domain whose names of readers an ADaM data set keeps.
  var evaluatorPrefix: String {
    switch self {
    case .adtr: "TR"
    case .adrs: "RS"
    default: prefix
    }
  }

  /// Columns of the visit, the first there is.
  var visitColumns: [String] { isAnalysis ? ["AVISIT", "VISIT"] : ["VISIT"] }
}
