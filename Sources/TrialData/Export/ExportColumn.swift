/// A column of a table on its way into a file.
struct ExportColumn: Sendable, Hashable {
  enum Kind: Sendable { case text, whole, number, date }

  let name: String
  let label: String
  let kind: Kind
  /// Its place in the key, from 1.
  var keySequence: Int?

  init(_ name: String, _ label: String, _ kind: Kind = .text, key: Int? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    keySequence = key
  }
}
