/// When some bytes were first imported, under whatever name and whether or not they are still there.
package struct FirstImport: Sendable, Hashable {
  /// The row of the audit trail that recorded the import.
  package var sequence: Int64
  package var at: String
}
