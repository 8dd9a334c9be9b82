import ClientProtocol
import JSON

/// Any bytes, cut anywhere, give the same lines, and every line is a request or is refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let limit = 256
  let whole = lines(of: bytes, limit: limit, cutEvery: max(bytes.count, 1))
  let pieces = lines(of: bytes, limit: limit, cutEvery: Int(bytes.first ?? 0) % 5 + 1)
  precondition(whole == pieces, "where the stream is cut changes nothing")
  for case let line? in whole {
    precondition(line.count <= limit, "no line is longer than the limit")
    guard let request = try? ClientRequest(line: line) else { continue }
    if let text = request.parameters["line"]?.string { _ = try? CommandLine(text) }
  }
  return 0
}

/// The lines of a stream; nil stands for one that was too long.
private func lines(of bytes: [UInt8], limit: Int, cutEvery size: Int) -> [[UInt8]?] {
  var decoder = LineDecoder(maximumLineBytes: limit)
  var lines: [[UInt8]?] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let chunk = Array(rest.prefix(size))
    var position = 0
    while let found = decoder.next(in: chunk.span, from: &position) {
      switch found {
      case .within(let range): lines.append(Array(chunk[range]))
      case .joined(let line): lines.append(line)
      case .tooLong: lines.append(nil)
      }
    }
    rest = rest.dropFirst(size)
  }
  if let last = decoder.finish() { lines.append(last) }
  return lines
}
