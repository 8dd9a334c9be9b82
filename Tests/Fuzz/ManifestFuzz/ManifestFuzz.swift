import PluginHost

/// Any text is a manifest or a list of problems, never both and never neither.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzManifest(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let reader = ManifestReader(text: String(decoding: bytes, as: UTF8.self), file: "plugin.toml")
  precondition((reader.manifest == nil) != reader.problems.isEmpty, "a manifest, or problems")
  return 0
}
