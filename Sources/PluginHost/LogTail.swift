/// The last lines a process printed, in bounded memory.
struct LogTail {
  static let lineLimit = 20
  static let lineByteLimit = 1000

  private var lines: [String] = []
  /// The line that has not ended yet, cut at its limit.
  private var partial: [UInt8] = []
  private var partialWasCut = false

  /// The lines, oldest first, with the one still being written last.
  var all: [String] {
    partial.isEmpty ? lines : Array((lines + [text(of: partial[...])]).suffix(Self.lineLimit))
  }

  mutating func removeAll() { self = LogTail() }

  mutating func append(line: String) {
    append(whole: String(decoding: line.utf8.prefix(Self.lineByteLimit), as: UTF8.self))
  }

  mutating func append(_ bytes: some Collection<UInt8>) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      extend(with: rest[..<end])
      append(whole: text(of: partial[...]))
      partial.removeAll(keepingCapacity: true)
      partialWasCut = false
      rest = rest[rest.index(after: end)...]
    }
    extend(with: rest)
  }

  private mutating func extend(with bytes: some Collection<UInt8>) {
    let room = Self.lineByteLimit - partial.count
    partial.append(contentsOf: bytes.prefix(room))
    if bytes.count > room { partialWasCut = true }
  }

  private func text(of bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self) + (partialWasCut ? "…" : "")
  }

  private mutating func append(whole line: String) {
    if lines.count == Self.lineLimit { lines.removeFirst() }
    lines.append(line)
  }
}
