/// Where a data set came from, as its table `about` tells it.
///
/// No path is kept, only names.
struct AboutRows {
  let rows: [(key: String, value: String)]

  init(sources: [ImportReport.Source], mapping: ColumnMapping?, stage: Stage) {
    var rows: [(key: String, value: String)] = [
      ("importer.version", Importer.version), ("content.format", ContentHash.format),
    ]
    for (number, source) in sources.enumerated() {
      rows.append(("source.\(number + 1).name", source.name))
      rows.append(("source.\(number + 1).sha256", source.sha256))
    }
    if let mapping { rows.append(("mapping.name", mapping.name)) }
    if let hash = mapping?.sha256 { rows.append(("mapping.sha256", hash)) }
    if let origin = stage.options.origin { rows.append(("option.origin", origin)) }
    if let rule = stage.options.impute { rows.append(("option.impute", rule.rawValue)) }
    for (number, note) in stage.notes.enumerated() {
      rows.append(("note.\(number + 1)", note))
    }
    self.rows = rows
  }
}
