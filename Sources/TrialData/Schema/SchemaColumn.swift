/// One column of the schema.
struct SchemaColumn: Sendable, Hashable {
  enum Role: Sendable, Hashable {
    /// Part of the key, always given.
    case key
    /// Part of the key, but may be missing (an unnamed evaluator).
    case nullableKey
    case required
    case optional
  }

  let name: String
  let kind: ColumnKind
  let role: Role

  init(_ name: String, _ kind: ColumnKind, _ role: Role = .optional) {
    self.name = name
    self.kind = kind
    self.role = role
  }

  var isRequired: Bool { role == .key || role == .required }
}
