/// A table on its way into a file.
struct ExportTable: Sendable {
  let name: String
  let label: String
  let columns: [ExportColumn]
  var rows: [[ExportCell]]
}
