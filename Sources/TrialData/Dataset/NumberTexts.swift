/// Numbers in the shortest form that reads back the same, most of which are asked for again.
///
/// Each number has one place it may be kept in, and makes way for the next that belongs there.
struct NumberTexts: ~Copyable {
  private static let placeBits: UInt64 = 12
  private static let textBytes = 32

  private var numbers = [UInt64](repeating: 0, count: 1 << placeBits)
  /// 0 where nothing is kept yet.
  private var lengths = [UInt8](repeating: 0, count: 1 << placeBits)
  private var texts = [UInt8](repeating: 0, count: textBytes << placeBits)

  mutating func append(_ number: Double, to buffer: inout ByteBuffer) {
    let place = Int((number.bitPattern &* 0x9e37_79b9_7f4a_7c15) >> (64 - Self.placeBits))
    if numbers[place] != number.bitPattern || lengths[place] == 0 { keep(number, at: place) }
    let start = place * Self.textBytes
    let length = Int(lengths[place])
    unsafe texts.withUnsafeBufferPointer {
      unsafe buffer.append(UnsafeBufferPointer(rebasing: $0[start..<start + length]))
    }
  }

  private mutating func keep(_ number: Double, at place: Int) {
    let text = "\(number)".utf8
    precondition(text.count <= Self.textBytes, "a number of 17 digits has a short text")
    numbers[place] = number.bitPattern
    lengths[place] = UInt8(text.count)
    let start = place * Self.textBytes
    texts.replaceSubrange(start..<start + text.count, with: text)
  }
}
