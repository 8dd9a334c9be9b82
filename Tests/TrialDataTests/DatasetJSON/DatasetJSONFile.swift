import JSON

@testable import TrialData

/// A Dataset-JSON file as read.
struct DatasetJSONFile: Equatable {
  var header: DatasetJSONHeader?
  var rows: [[JSONValue]] = []

  init(_ bytes: [UInt8], cutEvery size: Int = .max) throws {
    var file = Self()
    var reader = DatasetJSONReader()
    let body: (DatasetJSONReader.Event) -> Void = { event in
      switch event {
      case .header(let header): file.header = header
      case .row(_, _, let values): file.rows.append(values)
      }
    }
    var start = 0
    while start < bytes.count {
      let end = start + min(size, bytes.count - start)
      try reader.read(bytes[start..<end], body)
      start = end
    }
    try reader.finish(body)
    self = file
  }

  private init() {}

  static let header = DatasetJSONHeader(
    itemGroupOID: "IG.ADIS", name: "ADIS", label: "Immune \"signs\"", records: 3,
    columns: [
      DatasetJSONColumn(
        itemOID: "IT.USUBJID", name: "USUBJID", label: "Subject", dataType: .string,
        lengthBytes: 8, keySequence: 1),
      DatasetJSONColumn(itemOID: "IT.ADY", name: "ADY", label: "Day", dataType: .integer),
      DatasetJSONColumn(
        itemOID: "IT.AVAL", name: "AVAL", label: "Value", dataType: .double,
        displayFormat: "8.2"),
      DatasetJSONColumn(
        itemOID: "IT.ADT", name: "ADT", label: "Date", dataType: .date, targetDataType: .integer),
    ])

  static let rows: [[JSONValue]] = [
    ["S1", 1, 0.30000000000000004, "2014-02-01"], ["S\n\"2\\", -1, .null, .null],
    ["é]},[", 8, 1e300, "2014-02-08"],
  ]

  static func bytes(_ form: DatasetJSONWriter.Form = .object) -> [UInt8] {
    var writer = DatasetJSONWriter(header, form: form)
    for row in rows { writer.add(row) }
    writer.finish()
    return writer.takeBytes()
  }
}
