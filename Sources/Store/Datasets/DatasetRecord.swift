/// A name in the catalog, and the immutable file it stands for.
///
/// Two names may stand for the same content.
package struct DatasetRecord: Sendable, Hashable {
  package var name: String
  /// SHA-256 of the logical content, in hexadecimal.
  package var hash: String
  /// The file's name inside the data folder.
  package var file: String
  package var importedAt: Timestamp
  package var importedBy: String
  package var subjects: Int
  /// Tables with their row counts, as JSON text.
  package var tables: String
  /// Source files with their SHA-256, as JSON text.
  package var sources: String
  /// What the import had to say, as JSON text.
  package var notes: String

  package init(
    name: String, hash: String, file: String, importedAt: Timestamp, importedBy: String,
    subjects: Int, tables: String, sources: String, notes: String
  ) {
    self.name = name
    self.hash = hash
    self.file = file
    self.importedAt = importedAt
    self.importedBy = importedBy
    self.subjects = subjects
    self.tables = tables
    self.sources = sources
    self.notes = notes
  }

  /// What the audit trail says of a data set that is added.
  var fingerprint: String {
    var fingerprint = Fingerprint(of: "dataset")
    for field in [name, hash, file, importedAt.description, importedBy] { fingerprint.add(field) }
    fingerprint.add(subjects)
    for field in [tables, sources, notes] { fingerprint.add(field) }
    return fingerprint.hex()
  }
}
