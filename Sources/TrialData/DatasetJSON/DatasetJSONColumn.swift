/// One column of a Dataset-JSON data set.
package struct DatasetJSONColumn: Sendable, Hashable {
  package enum DataType: String, Sendable, Hashable, CaseIterable {
    case string, integer, decimal, float, double, date, datetime, time, boolean
    case uri = "URI"
  }

  package var itemOID: String
  package var name: String
  package var label: String
  package var dataType: DataType
  /// What a program should make of it where that is another type: `integer` for a SAS date.
  package var targetDataType: DataType?
  package var lengthBytes: Int?
  package var displayFormat: String?
  /// Its place in the key, from 1.
  package var keySequence: Int?

  package init(
    itemOID: String, name: String, label: String, dataType: DataType,
    targetDataType: DataType? = nil, lengthBytes: Int? = nil, displayFormat: String? = nil,
    keySequence: Int? = nil
  ) {
    self.itemOID = itemOID
    self.name = name
    self.label = label
    self.dataType = dataType
    self.targetDataType = targetDataType
    self.lengthBytes = lengthBytes
    self.displayFormat = displayFormat
    self.keySequence = keySequence
  }
}
