/// A place where bytes are not the Dataset-JSON they should be.
package struct DatasetJSONProblem: Error, Sendable, Hashable {
  /// The byte, from 0.
  package let offset: Int
  /// The row, from 1; nothing outside the rows.
  package let row: Int?
  package let found: String
  package let expected: String

  /// "byte 161 (row 3)".
  package var place: String { "byte \(offset + 1)" + (row.map { " (row \($0))" } ?? "") }
}

extension DatasetJSONProblem: CustomStringConvertible {
  package var description: String { "\(place): found \(found), expected \(expected)" }
}
