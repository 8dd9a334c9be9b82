import ClientProtocol

/// Any text is a command line or a failure that points into it, and its tokens lie in order.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCommandLine(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let text = String(decoding: bytes, as: UTF8.self)
  let length = text.unicodeScalars.count
  do {
    let line = try CommandLine(text)
    for word in line.words {
      precondition(word.range.upperBound <= length, "a token lies within its line")
      let again = try CommandLine("x " + word.text.commandToken)
      precondition(
        again.words.map(\.text) == [word.text] || word.text.hasControlCharacters,
        "a token survives being written and read")
    }
  } catch let failure {
    if let range = failure.range {
      precondition(range.upperBound <= max(length, 1), "a failure points into the line")
    }
  }
  return 0
}

extension String {
  fileprivate var hasControlCharacters: Bool {
    unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
  }
}
