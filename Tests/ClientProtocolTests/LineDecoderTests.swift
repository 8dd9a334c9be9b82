import Testing

@testable import ClientProtocol

struct LineDecoderTests {
  enum Event: Hashable { case line([UInt8]), tooLong }

  /// What a stream of bytes comes to, said without any cleverness.
  static func expected(_ bytes: [UInt8], limit: Int) -> [Event] {
    var pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    let rest = pieces.removeLast()
    var events = pieces.map { piece -> Event in
      let line = piece.last == 0x0D ? piece.dropLast() : piece[...]
      return line.count > limit ? .tooLong : .line(Array(line))
    }
    let line = rest.last == 0x0D ? rest.dropLast() : rest[...]
    if line.count > limit || (line.count == limit && rest.count > limit + 1) {
      events.append(.tooLong)
    } else if !line.isEmpty {
      events.append(.line(Array(line)))
    }
    return events
  }

  static func decode(_ chunks: [[UInt8]], limit: Int) -> [Event] {
    var decoder = LineDecoder(maximumLineBytes: limit)
    var events: [Event] = []
    for chunk in chunks {
      var position = 0
      while let found = decoder.next(in: chunk.span, from: &position) {
        switch found {
        case .within(let range): events.append(.line(Array(chunk[range])))
        case .joined(let line): events.append(.line(line))
        case .tooLong: events.append(.tooLong)
        }
        #expect(decoder.heldByteCount <= limit + 1)
      }
      #expect(position == chunk.count)
      #expect(decoder.heldByteCount <= limit + 1)
    }
    if let line = decoder.finish() { events.append(.line(line)) }
    return events
  }

  /// Every text of up to six bytes of `a`, `\r` and `\n`, however it is cut in two or fed a byte
  /// at a time.
  @Test("gives the same lines wherever the stream is cut", arguments: 0...6)
  func cuts(length: Int) {
    var text = [UInt8](repeating: 0, count: length)
    func each(_ index: Int, _ body: () -> Void) {
      guard index < length else { return body() }
      for byte in [UInt8](arrayLiteral: 0x61, 0x0D, 0x0A) {
        text[index] = byte
        each(index + 1, body)
      }
    }
    each(0) {
      for limit in 1...3 {
        let expected = Self.expected(text, limit: limit)
        #expect(
          Self.decode(text.map { [$0] }, limit: limit) == expected, "\(text) a byte at a time")
        for cut in 0...length {
          let chunks = [Array(text[..<cut]), Array(text[cut...])]
          #expect(Self.decode(chunks, limit: limit) == expected, "\(text) cut at \(cut)")
        }
      }
    }
  }

  @Test func saysThatALineIsTooLongBeforeItEnds() {
    var decoder = LineDecoder(maximumLineBytes: 4)
    var position = 0
    let first: [UInt8] = Array("abcd".utf8)
    #expect(decoder.next(in: first.span, from: &position) == nil)
    position = 0
    let second: [UInt8] = Array("ef".utf8)
    #expect(decoder.next(in: second.span, from: &position) == .tooLong)
    #expect(decoder.heldByteCount == 0)
    position = 0
    let third: [UInt8] = Array("ghijklmnop\nxy\n".utf8)
    #expect(decoder.next(in: third.span, from: &position) == .within(11..<13))
    #expect(decoder.next(in: third.span, from: &position) == nil)
  }

  @Test func passesOverTheRestOfALineThatWasLetGo() {
    var decoder = LineDecoder(maximumLineBytes: 100)
    var position = 0
    let first: [UInt8] = Array("abc".utf8)
    #expect(decoder.next(in: first.span, from: &position) == nil)
    decoder.discardLine()
    position = 0
    let second: [UInt8] = Array("def\ng\n".utf8)
    #expect(decoder.next(in: second.span, from: &position) == .within(4..<5))
    #expect(decoder.finish() == nil)
  }
}
