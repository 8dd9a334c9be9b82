extension Report {
  /// Where a data set came from.
  package struct Provenance: Sendable, Hashable {
    package struct Source: Sendable, Hashable {
      package var name: String
      /// SHA-256 of the file.
      package var hash: String

      package init(name: String, hash: String) {
        self.name = name
        self.hash = hash
      }
    }

    package var name: String
    /// SHA-256 of the logical content.
    package var hash: String
    /// When and by whom.
    package var imported: String?
    package var subjects: Int?
    /// Each table with its number of rows.
    package var tables: [String]
    package var sources: [Source]
    package var notes: [String]

    package init(
      name: String, hash: String, imported: String? = nil, subjects: Int? = nil,
      tables: [String] = [], sources: [Source] = [], notes: [String] = []
    ) {
      self.name = name
      self.hash = hash
      self.imported = imported
      self.subjects = subjects
      self.tables = tables
      self.sources = sources
      self.notes = notes
    }

    var facts: [(name: String, value: String)] {
      var facts = [("Data set", "\(name), SHA-256 \(hash)")]
      if let imported { facts.append(("Imported", imported)) }
      if let subjects {
        let rows = tables.isEmpty ? "" : "; rows: " + tables.joined(separator: ", ")
        facts.append(("Content", "\(subjects) subjects\(rows)"))
      }
      facts += sources.map { ("Source file", "\($0.name), SHA-256 \($0.hash)") }
      return facts + notes.map { ("Import note", $0) }
    }
  }
}
