import TrialData

/// Any bytes are records or a list of problems, and chunking changes neither.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  CSVReader.probe(bytes)
  return 0
}
