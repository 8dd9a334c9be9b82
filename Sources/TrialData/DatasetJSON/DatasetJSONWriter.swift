package import JSON

/// Writes CDISC Dataset-JSON 1.1, one row after another.
///
/// Numbers are written in the shortest form that reads back as the same `Double`. The same
/// content gives the same bytes: no clock is read.
package struct DatasetJSONWriter: Sendable {
  package enum Form: Sendable {
    /// One object with the rows inside.
    case object
    /// NDJSON: the object on the first line, then a row on each.
    case lines
  }

  /// What has been written and not been taken yet.
  package private(set) var bytes: [UInt8] = []

  private let form: Form
  private var rows = 0

  /// Writes everything before the rows, with the date and time the file names, in ISO 8601.
  package init(
    _ header: DatasetJSONHeader, created: String = "1960-01-01T00:00:00", form: Form = .object
  ) {
    self.form = form
    let members = Self.members(header, created: created)
    bytes = JSONValue.object(JSONObject(members)).bytes
    if form == .object {
      bytes.removeLast()
      bytes.append(contentsOf: ",\"rows\":[".utf8)
    }
  }

  /// Hands over what has been written, so that a long file is never held whole.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  package mutating func add(_ values: [JSONValue]) {
    if form == .object, rows > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: JSONValue.array(values).bytes)
    rows += 1
  }

  /// Ends the file.
  package mutating func finish() {
    bytes.append(contentsOf: (form == .object ? "\n]}\n" : "\n").utf8)
  }

  private static func members(
    _ header: DatasetJSONHeader, created: String
  ) -> [(String, JSONValue)] {
    [
      ("datasetJSONCreationDateTime", .string(created)), ("datasetJSONVersion", "1.1.0"),
      ("originator", "Doublet"), ("itemGroupOID", .string(header.itemGroupOID)),
      ("records", .integer(Int64(header.records))), ("name", .string(header.name)),
      ("label", .string(header.label)), ("columns", .array(header.columns.map(value))),
    ]
  }

  private static func value(_ column: DatasetJSONColumn) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("itemOID", .string(column.itemOID)), ("name", .string(column.name)),
      ("label", .string(column.label)), ("dataType", .string(column.dataType.rawValue)),
    ]
    if let type = column.targetDataType {
      members.append(("targetDataType", .string(type.rawValue)))
    }
    if let length = column.lengthBytes { members.append(("length", .integer(Int64(length)))) }
    if let format = column.displayFormat { members.append(("displayFormat", .string(format))) }
    if let key = column.keySequence { members.append(("keySequence", .integer(Int64(key)))) }
    return .object(JSONObject(members))
  }
}
