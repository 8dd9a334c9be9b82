internal import Glibc

/// Every distinct text once.
///
/// Tables hold positions in it, and what a text means is worked out once a text rather than once
/// a cell.
final class TextPool {
  private(set) var texts: [String] = []
  /// Begins with a byte of no text, so that even an empty text has an address.
  private var bytes: [UInt8] = [0]
  private var starts: [Int] = [1]
  /// Open addressing; 0 is an empty place, otherwise a position plus one.
  private var slots: [UInt32]

  init() { slots = Array(repeating: 0, count: 1024) }

  var count: Int { texts.count }

  /// The position of a text as a staged cell.
  func cell(_ text: String) -> Int64 { Int64(position(ArraySlice(text.utf8))) }

  /// The position of a text, which is perhaps that of another.
  func position(_ text: ArraySlice<UInt8>, perhaps guess: UInt32?) -> UInt32 {
    if let guess, holds(text, at: Int(guess)) { return guess }
    return position(text)
  }

  func position(_ text: ArraySlice<UInt8>) -> UInt32 {
    var slot = Self.hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let found = Int(slots[slot] - 1)
      if holds(text, at: found) { return UInt32(found) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(count + 1)
    texts.append(String(decoding: text, as: UTF8.self))
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
    if count * 2 > slots.count { grow() }
    return UInt32(count - 1)
  }

  @inline(__always)
  private func holds(_ text: ArraySlice<UInt8>, at position: Int) -> Bool {
    let start = starts[position]
    guard starts[position + 1] - start == text.count else { return false }
    return unsafe text.withUnsafeBytes { text in
      unsafe bytes.withUnsafeBytes { bytes in
        guard let left = text.baseAddress, let right = bytes.baseAddress else { return true }
        return unsafe memcmp(left, right + start, text.count) == 0
      }
    }
  }

  /// The bytes of every text.
  var content: TextContent { TextContent(bytes: bytes, starts: starts) }

  private func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for position in 0..<count {
      var slot = Self.hash(bytes[starts[position]..<starts[position + 1]]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(position + 1)
    }
  }

  /// Eight bytes at a time, multiplied and folded; the texts of a trial are short.
  private static func hash(_ text: ArraySlice<UInt8>) -> Int {
    unsafe text.withUnsafeBytes { raw in
      var hash = 0x9e37_79b9_7f4a_7c15 ^ UInt64(raw.count)
      var offset = 0
      while offset + 8 <= raw.count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = mix(hash ^ word)
        offset += 8
      }
      var rest: UInt64 = 0
      while offset < raw.count {
        let byte = unsafe raw[offset]
        rest = rest << 8 | UInt64(byte)
        offset += 1
      }
      return Int(truncatingIfNeeded: mix(hash ^ rest) & 0x7fff_ffff_ffff_ffff)
    }
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return product.high ^ product.low
  }

  /// For each position its rank among all texts, ordered by their UTF-8 bytes as SQLite's BINARY
  /// collation orders them.
  func ranks() -> [Int64] {
    let order = texts.indices.sorted { precedes($0, $1) }
    var ranks = [Int64](repeating: 0, count: count)
    for (rank, position) in order.enumerated() { ranks[position] = Int64(rank) }
    return ranks
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (starts[left], starts[right])
    let (firstCount, secondCount) = (starts[left + 1] - first, starts[right + 1] - second)
    let order = unsafe bytes.withUnsafeBytes { bytes -> CInt in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe memcmp(base + first, base + second, min(firstCount, secondCount))
    }
    return order == 0 ? firstCount < secondCount : order < 0
  }
}
