import PluginHost

/// Any text is a manifest or a list of problems.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzManifest(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  ManifestReader.probe(String(decoding: bytes, as: UTF8.self))
  return 0
}
