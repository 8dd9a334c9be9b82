import TrialData

/// Any bytes are records or problems, and where the file is cut into chunks changes neither.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let whole = Reading(bytes[...], cutEvery: max(bytes.count, 1))
  let pieces = Reading(bytes[...], cutEvery: Int(bytes.first ?? 0) % 7 + 1)
  precondition(whole == pieces, "chunks change nothing")
  return 0
}

private struct Reading: Equatable {
  var records: [[String]] = []
  var problems: [String] = []

  init(_ bytes: ArraySlice<UInt8>, cutEvery size: Int) {
    var reader = CSVReader()
    var records: [[String]] = []
    let keep: (CSVRecord) -> Void = { record in
      records.append((0..<record.fieldCount).map(record.text))
    }
    var rest = bytes
    while !rest.isEmpty {
      reader.read(Array(rest.prefix(size)).span, keep)
      rest = rest.dropFirst(size)
    }
    reader.finish(keep)
    self.records = records
    problems = reader.problems.map(\.description)
  }
}
