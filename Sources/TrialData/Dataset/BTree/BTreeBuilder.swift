/// Builds one b-tree of an SQLite file from cells that come in order.
///
/// Every page is filled to the brim and written once. In an index each entry stands once: where a
/// leaf is full, its last entry goes up as the divider between it and the next.
struct BTreeBuilder {
  private let isIndex: Bool
  private let pageBytes: Int
  /// The page being filled on each level, leaves first.
  private var levels: [BTreePage]
  private var lastRowid: Int64 = 0

  init(isIndex: Bool, pageBytes: Int) {
    self.isIndex = isIndex
    self.pageBytes = pageBytes
    levels = [BTreePage(isIndex ? .indexLeaf : .tableLeaf, size: pageBytes)]
  }

  /// The longest record a leaf and, in an index, an interior page hold without overflow pages.
  static func longestPayload(isIndex: Bool, pageBytes: Int) -> Int {
    isIndex ? (pageBytes - 12) * 64 / 255 - 23 : pageBytes - 35
  }

  /// Adds a cell; one of a table has its row's number.
  @inline(__always)
  mutating func add(
    _ cell: UnsafeBufferPointer<UInt8>, rowid: Int64, to file: inout PageFile
  ) throws {
    if unsafe !levels[0].append(cell) {
      let divider = isIndex ? levels[0].removeLast() : Self.varint(lastRowid)
      levels[0].finish(rightmost: nil)
      let page = try file.append(levels[0].bytes)
      try promote(child: page, divider: divider, to: 1, &file)
      levels[0].reset()
      _ = unsafe levels[0].append(cell)
    }
    lastRowid = rowid
  }

  /// Adds a divider, and the page before it, to a level.
  private mutating func promote(
    child: UInt32, divider: [UInt8], to level: Int, _ file: inout PageFile
  ) throws {
    if level == levels.count {
      levels.append(BTreePage(isIndex ? .indexInterior : .tableInterior, size: pageBytes))
    }
    let cell = Self.bytes(child) + divider
    if levels[level].append(cell) { return }
    let last = levels[level].removeLast()
    levels[level].finish(rightmost: Self.number(last))
    let page = try file.append(levels[level].bytes)
    try promote(child: page, divider: Array(last.dropFirst(4)), to: level + 1, &file)
    levels[level].reset()
    _ = levels[level].append(cell)
  }

  /// Writes what is unfinished, the topmost page at the root's place.
  mutating func finish(root: UInt32, _ file: inout PageFile) throws {
    var child: UInt32?
    for level in levels.indices {
      levels[level].finish(rightmost: child)
      if level == levels.count - 1 {
        try file.write(levels[level].bytes, at: root)
      } else {
        child = try file.append(levels[level].bytes)
      }
    }
  }

  private static func varint(_ value: Int64) -> [UInt8] {
    var bytes = ByteBuffer(capacity: 9)
    RecordBuffer.append(varint: UInt64(bitPattern: value), to: &bytes)
    return unsafe bytes.withBytes { unsafe Array($0) }
  }

  private static func bytes(_ page: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: page >> UInt32($0)) }
  }

  private static func number(_ cell: [UInt8]) -> UInt32 {
    cell.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}
