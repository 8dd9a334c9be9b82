import JSON
import TrialData

/// Any bytes are rows or a problem with a place, and where the file is cut into chunks changes
/// neither.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDatasetJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let whole = Reading(bytes, cutEvery: max(bytes.count, 1))
  let pieces = Reading(bytes, cutEvery: Int(bytes.last ?? 0) % 7 + 1)
  precondition(whole == pieces, "chunks change nothing")
  if let problem = whole.problem {
    precondition((0...bytes.count).contains(problem.offset), "a problem has a place")
  }
  return 0
}

private struct Reading: Equatable {
  var headers: [DatasetJSONHeader] = []
  var rows: [[JSONValue]] = []
  var problem: DatasetJSONProblem?

  init(_ bytes: [UInt8], cutEvery size: Int) {
    var reader = DatasetJSONReader()
    var reading = Self()
    let keep: (DatasetJSONReader.Event) -> Void = { event in
      switch event {
      case .header(let header): reading.headers.append(header)
      case .row(_, _, let values): reading.rows.append(values)
      }
    }
    do throws(DatasetJSONProblem) {
      var start = 0
      while start < bytes.count {
        let end = min(start + size, bytes.count)
        try reader.read(bytes[start..<end], keep)
        start = end
      }
      try reader.finish(keep)
    } catch {
      reading.problem = error
    }
    self = reading
  }

  private init() {}
}
