/// A place where bytes are not the SAS transport file they should be.
package struct XPTProblem: Error, Sendable, Hashable {
  /// The byte, from 0.
  package let offset: Int
  package let found: String
  package let expected: String

  /// The record of 80 bytes, from 1.
  package var record: Int { offset / XPTReader.recordBytes + 1 }

  /// "byte 161 (record 3)".
  package var place: String { "byte \(offset + 1) (record \(record))" }
}

extension XPTProblem: CustomStringConvertible {
  package var description: String { "\(place): found \(found), expected \(expected)" }
}
