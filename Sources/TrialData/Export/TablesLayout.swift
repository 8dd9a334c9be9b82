/// A data set as our own tables.
enum TablesLayout {
  static func tables(_ dataset: TrialDataset) throws(TrialDataError) -> [ExportTable] {
    var tables: [ExportTable] = []
    for table in TrialTable.allCases {
      let rows = try dataset.cells(of: table)
      if rows.isEmpty { continue }
      let columns = table.columns.enumerated().map { index, column in
        ExportColumn(
          column.name, column.name, kind(column.kind),
          key: table.key.firstIndex(of: index).map { $0 + 1 })
      }
      tables.append(
        ExportTable(name: table.rawValue, label: table.rawValue, columns: columns, rows: rows))
    }
    return tables
  }

  private static func kind(_ kind: ColumnKind) -> ExportColumn.Kind {
    if kind == .date { return .date }
    return switch kind.storage {
    case .text: .text
    case .integer: .whole
    case .real: .number
    }
  }
}
