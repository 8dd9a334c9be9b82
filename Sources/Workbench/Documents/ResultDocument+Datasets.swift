import JSON
import PluginProtocol
import Store
import TrialData

extension ResultDocument {
  static func datasets(_ datasets: [DatasetRecord]) -> Self {
    var document = Self(.datasets, title: counted(datasets.count, "data set"))
    document.add(
      "datasets", "Data sets",
      [
        .init("name", "Name"), .init("subjects", "Subjects", .count), .init("tables", "Tables"),
        .init("imported", "Imported"), .init("by", "By"), .init("hash", "SHA-256"),
      ],
      datasets.map { dataset in
        [
          .string(dataset.name), .count(dataset.subjects),
          .string(tables(of: dataset).keys.joined(separator: " ")),
          .string(dataset.importedAt.description), .string(dataset.importedBy),
          .string(dataset.hash),
        ]
      })
    if datasets.isEmpty { document.note("datasets.none", "import makes the first data set") }
    return document
  }

  static func imported(_ imported: ImportedDataset) -> Self {
    let record = imported.record
    var document = Self(
      .import,
      title: imported.wasPresent
        ? "\(record.name) is there already, with the same content"
        : "\(record.name): \(counted(record.subjects, "subject"))")
    document.dataset = DatasetReference(name: record.name, hash: record.hash)
    document.addTables(of: record)
    document.addSources(of: record)
    for text in imported.report.notes { document.note("import.note", text) }
    document.note("import.hash", "SHA-256 of the content: \(record.hash)")
    return document
  }

  static func exported(_ dataset: DatasetRecord, _ report: ExportReport) -> Self {
    let bytes = report.files.reduce(0) { $0 + $1.bytes }
    var document = Self(
      .export,
      title: "\(dataset.name): \(counted(report.tables.count, "table")) in "
        + "\(counted(report.files.count, "file"))")
    document.dataset = DatasetReference(name: dataset.name, hash: dataset.hash)
    document.add(
      "tables", "Tables",
      [.init("table", "Table"), .init("file", "File"), .init("rows", "Rows", .count)],
      report.tables.map { [.string($0.name), .string($0.file), .count($0.rows)] })
    for text in report.notes { document.note("export.loss", text) }
    document.note(
      "export.check",
      report.readsBackTheSame
        ? "Read back and compared: the files give the same data set, SHA-256 \(dataset.hash)"
        : "Read back and compared: the files give another data set, as said above")
    document.note("export.bytes", "\(counted(bytes, "byte")) written")
    return document
  }

  static func used(_ dataset: DatasetRecord) -> Self {
    var document = Self(.use, title: "The session's data set is \(dataset.name)")
    document.dataset = DatasetReference(name: dataset.name, hash: dataset.hash)
    return document
  }

  static func dropped(_ dataset: DatasetRecord) -> Self {
    var document = Self(.drop, title: "\(dataset.name) is dropped")
    document.dataset = DatasetReference(name: dataset.name, hash: dataset.hash)
    return document
  }

  mutating func addTables(of dataset: DatasetRecord) {
    add(
      "tables", "Tables", [.init("table", "Table"), .init("rows", "Rows", .count)],
      Self.tables(of: dataset).members.map { [.string($0.key), $0.value] })
  }

  mutating func addSources(of dataset: DatasetRecord) {
    let sources = (try? JSONValue(parsing: dataset.sources))?.array ?? []
    add(
      "sources", "Sources", [.init("file", "File"), .init("sha256", "SHA-256")],
      sources.map { [$0["name"] ?? .null, $0["sha256"] ?? .null] })
  }

  private static func tables(of dataset: DatasetRecord) -> JSONObject {
    (try? JSONValue(parsing: dataset.tables))?.object ?? [:]
  }
}
