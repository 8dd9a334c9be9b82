package import PluginProtocol

/// A table of a result as texts, for pages and documents.
package struct ReportTable: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var label: String
    package var isNumber: Bool
  }

  package var caption: String
  package var columns: [Column]
  package var rows: [[String]]

  init(_ caption: String, _ table: TextTable) {
    self.caption = caption.safe
    columns = table.columns.map { Column(label: $0.label, isNumber: $0.isAlignedRight) }
    rows = table.rows
  }
}

extension ResultDocument {
  /// Estimates, tests and tables, without those that have no rows.
  package var reportTables: [ReportTable] {
    var all: [ReportTable] = []
    if !estimates.isEmpty {
      all.append(ReportTable("Estimates", estimates.fullTable))
    }
    if !tests.isEmpty { all.append(ReportTable("Tests", tests.table)) }
    all += tables.map { ReportTable($0.title.isEmpty ? $0.name : $0.title, $0.textTable) }
    return all.filter { !$0.rows.isEmpty && !$0.columns.isEmpty }
  }
}

extension [ResultDocument.Estimate] {
  /// One line an estimate, with headings, nothing left out.
  var fullTable: TextTable {
    TextTable(
      columns: ["Estimate", "Value", "Interval"].map { .init(label: $0, isAlignedRight: false) },
      rows: map { [$0.subject, $0.valueText, String($0.intervalText.dropFirst().dropLast())] })
  }
}
