internal import Glibc

/// Every distinct text once, each found by its bytes.
struct TextTable: Sendable {
  private(set) var texts: [String] = []
  /// Begins with a byte of no text, so that even an empty text has an address.
  private var bytes: [UInt8] = [0]
  private var starts: [Int] = [1]
  /// Of each text its ``TextHead``.
  private var heads: [TextHead] = []
  /// Open addressing; 0 is an empty place, otherwise a position plus one.
  private var slots: [UInt32]

  init() { slots = Array(repeating: 0, count: 1024) }

  var count: Int { heads.count }

  /// The position of a text, which is perhaps that of another.
  mutating func position(_ text: ArraySlice<UInt8>, perhaps guess: UInt32? = nil) -> UInt32 {
    unsafe text.withUnsafeBufferPointer { unsafe position($0, perhaps: guess) }
  }

  @inline(__always)
  mutating func position(_ text: UnsafeBufferPointer<UInt8>, perhaps guess: UInt32?) -> UInt32 {
    let head = unsafe TextHead(text)
    if let guess, Int(guess) < count, unsafe holds(text, head, at: Int(guess)) { return guess }
    var slot = head.place & (slots.count - 1)
    while slots[slot] != 0 {
      let found = Int(slots[slot] - 1)
      if unsafe holds(text, head, at: found) { return UInt32(truncatingIfNeeded: found) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return unsafe keep(text, head, at: slot)
  }

  private mutating func keep(
    _ text: UnsafeBufferPointer<UInt8>, _ head: TextHead, at slot: Int
  ) -> UInt32 {
    slots[slot] = UInt32(count + 1)
    unsafe texts.append(String(decoding: text, as: UTF8.self))
    unsafe bytes.append(contentsOf: text)
    starts.append(bytes.count)
    heads.append(head)
    if count * 2 > slots.count { grow() }
    return UInt32(count - 1)
  }

  @inline(__always)
  private func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ head: TextHead, at position: Int
  ) -> Bool {
    if heads[position] != head { return false }
    return unsafe head.isWhole || areEqual(text, position)
  }

  private func areEqual(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let left = text.baseAddress, let right = bytes.baseAddress else { return true }
      return unsafe memcmp(left, right + starts[position], text.count) == 0
    }
  }

  /// The position here of each text of another table.
  mutating func positions(of other: TextTable) -> [UInt32] {
    (0..<other.count).map { position(other.bytes[other.starts[$0]..<other.starts[$0 + 1]]) }
  }

  /// The bytes of every text.
  var content: TextContent { TextContent(bytes: bytes, starts: starts) }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for position in 0..<count {
      var slot = heads[position].place & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(position + 1)
    }
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
