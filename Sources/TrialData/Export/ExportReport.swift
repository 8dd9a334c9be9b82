/// What an export wrote.
package struct ExportReport: Sendable, Hashable {
  package struct File: Sendable, Hashable {
    package let path: String
    package let bytes: Int
  }

  package struct Table: Sendable, Hashable {
    package let name: String
    /// The name of its file.
    package let file: String
    package let rows: Int
  }

  package let files: [File]
  package let tables: [Table]
  /// Whether reading the files gives the same data set, by its hash.
  package let readsBackTheSame: Bool
  /// What the layout has no place for.
  package let notes: [String]
}
