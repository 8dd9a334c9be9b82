internal import JSON

/// What a Dataset-JSON file says before its rows.
package struct DatasetJSONHeader: Sendable, Hashable {
  package var itemGroupOID: String
  package var name: String
  package var label: String
  package var records: Int
  package var columns: [DatasetJSONColumn]

  package init(
    itemGroupOID: String, name: String, label: String, records: Int,
    columns: [DatasetJSONColumn]
  ) {
    self.itemGroupOID = itemGroupOID
    self.name = name
    self.label = label
    self.records = records
    self.columns = columns
  }
}

extension DatasetJSONHeader {
  /// What is wrong with the members, without a place: the reader knows it.
  struct Refusal: Error {
    let key: String
    let found: String
    let expected: String
  }

  /// Reads the members of version 1.1; those this program has no use for are passed over.
  init(_ members: JSONObject) throws(Refusal) {
    let version = try Self.text("datasetJSONVersion", members)
    guard version == "1.1" || version.hasPrefix("1.1.") else {
      throw Refusal(
        key: "datasetJSONVersion", found: "version \"\(version)\"", expected: "version 1.1")
    }
    _ = try Self.text("datasetJSONCreationDateTime", members)
    itemGroupOID = try Self.text("itemGroupOID", members)
    name = try Self.text("name", members)
    label = try Self.text("label", members)
    guard let count = members["records"]?.integer, count >= 0 else {
      throw Self.refusal("records", members["records"], "the number of rows")
    }
    records = Int(count)
    guard let list = members["columns"]?.array, !list.isEmpty else {
      throw Self.refusal("columns", members["columns"], "an array of columns")
    }
    columns = []
    var names: Set<String> = []
    for value in list {
      let column = try Self.column(value)
      guard names.insert(column.name).inserted else {
        throw Refusal(
          key: "columns", found: "two columns \"\(column.name)\"", expected: "each name once")
      }
      columns.append(column)
    }
  }

  private static func column(_ value: JSONValue) throws(Refusal) -> DatasetJSONColumn {
    guard let members = value.object else { throw refusal("columns", value, "a column") }
    let type = try text("dataType", members)
    guard let dataType = DatasetJSONColumn.DataType(rawValue: type) else {
      throw refusal("dataType", members["dataType"], typeNames)
    }
    var column = DatasetJSONColumn(
      itemOID: try text("itemOID", members), name: try text("name", members),
      label: try text("label", members), dataType: dataType)
    if let target = members["targetDataType"] {
      guard let type = target.string.flatMap(DatasetJSONColumn.DataType.init(rawValue:)) else {
        throw refusal("targetDataType", target, typeNames)
      }
      column.targetDataType = type
    }
    column.lengthBytes = try count("length", members)
    column.keySequence = try count("keySequence", members)
    column.displayFormat = members["displayFormat"]?.string
    return column
  }

  private static var typeNames: String {
    "one of " + DatasetJSONColumn.DataType.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private static func text(_ key: String, _ members: JSONObject) throws(Refusal) -> String {
    guard let text = members[key]?.string else { throw refusal(key, members[key], "a string") }
    return text
  }

  private static func count(_ key: String, _ members: JSONObject) throws(Refusal) -> Int? {
    guard let value = members[key] else { return nil }
    guard let count = value.integer, count > 0, let count = Int(exactly: count) else {
      throw refusal(key, value, "a whole number from 1")
    }
    return count
  }

  private static func refusal(
    _ key: String, _ value: JSONValue?, _ expected: String
  ) -> Refusal {
    Refusal(
      key: key, found: value.map { "\(key) with \($0.kind)" } ?? "no \(key)", expected: expected)
  }
}
