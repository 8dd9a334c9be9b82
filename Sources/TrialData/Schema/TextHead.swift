/// What tells a text from others at a glance: its length, and its bytes or a digest of them.
struct TextHead: Equatable {
  private let count: UInt32
  /// The bytes of a text of at most eight, the first the lowest; otherwise a digest.
  private let word: UInt64

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>) {
    count = UInt32(clamping: text.count)
    let raw = UnsafeRawBufferPointer(text)
    unsafe word = text.count > 8 ? Self.digest(raw) : Self.bytes(raw)
  }

  /// Whether texts of one head are the same.
  @inline(__always)
  var isWhole: Bool { count <= 8 }

  /// Where in a table of texts to look first.
  @inline(__always)
  var place: Int {
    Int(truncatingIfNeeded: Self.mix(word ^ UInt64(count) << 56 ^ 0x9e37_79b9_7f4a_7c15) >> 1)
  }

  /// Parts that overlap agree where they do, so no byte outside the text is looked at.
  @inline(__always)
  private static func bytes(_ raw: UnsafeRawBufferPointer) -> UInt64 {
    let count = raw.count
    if count >= 4 {
      let first = unsafe raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
      let last = unsafe raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      return UInt64(UInt32(littleEndian: first))
        | UInt64(UInt32(littleEndian: last)) << UInt64(8 * (count - 4))
    }
    if count == 0 { return 0 }
    let (first, middle, last) = unsafe (raw[0], raw[count >> 1], raw[count - 1])
    return UInt64(first) | UInt64(middle) << UInt64(8 * (count >> 1))
      | UInt64(last) << UInt64(8 * (count - 1))
  }

  /// Eight bytes at a time, multiplied and folded; the texts of a trial are short.
  @inline(__always)
  private static func digest(_ raw: UnsafeRawBufferPointer) -> UInt64 {
    var digest = 0x9e37_79b9_7f4a_7c15 ^ UInt64(raw.count)
    var offset = 0
    while offset + 8 < raw.count {
      digest = unsafe mix(digest ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    return unsafe mix(digest ^ raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return product.high ^ product.low
  }
}
