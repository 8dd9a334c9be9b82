internal import Glibc

/// A page of an SQLite b-tree, filled cell by cell in order.
struct BTreePage {
  enum Kind: UInt8 {
    case indexInterior = 0x02
    case tableInterior = 0x05
    case indexLeaf = 0x0A
    case tableLeaf = 0x0D

    var isInterior: Bool { self == .indexInterior || self == .tableInterior }
  }

  let kind: Kind
  private(set) var bytes: [UInt8]
  private(set) var count = 0
  private var contentStart: Int
  /// Where the pointers to the cells begin.
  private let pointers: Int

  init(_ kind: Kind, size: Int) {
    self.kind = kind
    bytes = Array(repeating: 0, count: size)
    contentStart = size
    pointers = kind.isInterior ? 12 : 8
  }

  /// Adds a cell behind the others, if there is room.
  mutating func append(_ cell: [UInt8]) -> Bool {
    unsafe cell.withUnsafeBufferPointer { unsafe append($0) }
  }

  @inline(__always)
  mutating func append(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = contentStart - cell.count
    let pointer = pointers + 2 * count
    guard start >= pointer + 2 else { return false }
    unsafe bytes.withUnsafeMutableBytes { page in
      if let to = page.baseAddress, let from = cell.baseAddress {
        _ = unsafe memcpy(to + start, from, cell.count)
      }
    }
    put(start, at: pointer)
    contentStart = start
    count += 1
    return true
  }

  /// Takes the last cell off again.
  mutating func removeLast() -> [UInt8] {
    let previous = count == 1 ? bytes.count : short(at: pointers + 2 * (count - 2))
    let cell = Array(bytes[contentStart..<previous])
    count -= 1
    contentStart = previous
    return cell
  }

  /// Writes the header; an interior page points to its last child in it.
  mutating func finish(rightmost: UInt32?) {
    bytes[0] = kind.rawValue
    put(0, at: 1)
    put(count, at: 3)
    put(contentStart, at: 5)
    bytes[7] = 0
    if let rightmost {
      put(Int(rightmost >> 16), at: 8)
      put(Int(rightmost & 0xFFFF), at: 10)
    }
  }

  mutating func reset() {
    count = 0
    contentStart = bytes.count
  }

  /// A content area that begins at 65,536 is written as 0.
  private mutating func put(_ value: Int, at position: Int) {
    bytes[position] = UInt8(truncatingIfNeeded: value >> 8)
    bytes[position + 1] = UInt8(truncatingIfNeeded: value)
  }

  private func short(at position: Int) -> Int {
    Int(bytes[position]) << 8 | Int(bytes[position + 1])
  }
}
