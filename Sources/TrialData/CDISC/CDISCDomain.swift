/// The SDTM domains that are read.
enum CDISCDomain: String, Sendable, Hashable, CaseIterable {
  case dm = "DM"
  case tu = "TU"
  case tr = "TR"
  case rs = "RS"

  /// What the `DOMAIN` column says, or else the columns only one domain has.
  init?(of source: SourceTable) {
    guard source.column("USUBJID") != nil else { return nil }
    if let column = source.column("DOMAIN"), source.rowCount > 0,
      let domain = source.text(0, column).flatMap(Self.init(rawValue:))
    {
      self = domain
      return
    }
    let marks: [(String, Self)] = [
      ("TUTESTCD", .tu), ("TRTESTCD", .tr), ("RSTESTCD", .rs), ("RFSTDTC", .dm),
    ]
    guard let domain = marks.first(where: { source.column($0.0) != nil })?.1 else { return nil }
    self = domain
  }
}
