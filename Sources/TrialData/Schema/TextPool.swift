/// Every distinct text once.
///
/// Tables hold positions in it, and what a text means is worked out once a text rather than once
/// a cell.
final class TextPool {
  private(set) var texts: [String] = []
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  /// Open addressing; 0 is an empty place, otherwise a position plus one.
  private var slots: [UInt32]

  init() { slots = Array(repeating: 0, count: 1024) }

  var count: Int { texts.count }

  /// The position of a text as a staged cell.
  func cell(_ text: String) -> Int64 { Int64(position(ArraySlice(text.utf8))) }

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

  private func holds(_ text: ArraySlice<UInt8>, at position: Int) -> Bool {
    let start = starts[position]
    guard starts[position + 1] - start == text.count else { return false }
    for offset in 0..<text.count where bytes[start + offset] != text[text.startIndex + offset] {
      return false
    }
    return true
  }

  private func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for position in 0..<count {
      var slot = Self.hash(bytes[starts[position]..<starts[position + 1]]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(position + 1)
    }
  }

  /// FNV-1a with a final mix; the texts of a trial are short.
  private static func hash(_ text: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash & 0x7fff_ffff_ffff_ffff)
  }

  /// For each position its rank among all texts, ordered by their UTF-8 bytes as SQLite's BINARY
  /// collation orders them.
  func ranks() -> [Int64] {
    let order = texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
    var ranks = [Int64](repeating: 0, count: count)
    for (rank, position) in order.enumerated() { ranks[position] = Int64(rank) }
    return ranks
  }
}
