/// The bytes of an SQLite record, and of the varints around it.
///
/// ## References
///
/// - SQLite. Database File Format, section 2.1 (Record Format).
struct RecordBuffer: ~Copyable, CellSink {
  private var bytes = ByteBuffer()
  private var types = ByteBuffer()
  private var body = ByteBuffer()

  mutating func begin() {
    types.removeAll()
    body.removeAll()
  }

  mutating func addMissing() { types.append(0) }

  @inline(__always)
  mutating func add(_ number: Int64) {
    switch number {
    case 0: types.append(8)
    case 1: types.append(9)
    case -0x80...0x7F: add(number, bytes: 1, type: 1)
    case -0x8000...0x7FFF: add(number, bytes: 2, type: 2)
    case -0x80_0000...0x7F_FFFF: add(number, bytes: 3, type: 3)
    case -0x8000_0000...0x7FFF_FFFF: add(number, bytes: 4, type: 4)
    default: add(number, bytes: 8, type: 6)
    }
  }

  @inline(__always)
  mutating func add(_ number: Double) {
    add(Int64(bitPattern: number.bitPattern), bytes: 8, type: 7)
  }

  @inline(__always)
  mutating func add(text: UnsafeBufferPointer<UInt8>) {
    Self.append(varint: UInt64(text.count * 2 + 13), to: &types)
    unsafe body.append(text)
  }

  @inline(__always)
  private mutating func add(_ number: Int64, bytes count: Int, type: UInt8) {
    types.append(type)
    body.append(number, bytes: count)
  }

  /// The size of the record begun last.
  ///
  /// Its header is short enough for the length of it to be one byte: our tables have few columns.
  var payloadBytes: Int { 1 + types.count + body.count }

  /// Puts a cell together: what stands before the record, and the record.
  @inline(__always)
  mutating func finish(rowid: Int64?) {
    bytes.removeAll()
    Self.append(varint: UInt64(payloadBytes), to: &bytes)
    if let rowid { Self.append(varint: UInt64(bitPattern: rowid), to: &bytes) }
    bytes.append(UInt8(truncatingIfNeeded: 1 + types.count))
    unsafe types.withBytes { unsafe bytes.append($0) }
    unsafe body.withBytes { unsafe bytes.append($0) }
  }

  /// Hands over the cell put together last.
  @inline(__always)
  borrowing func withCell<Value>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    try unsafe bytes.withBytes(body)
  }

  /// Seven bits a byte, the most significant first; of nine bytes the last has all eight.
  @inline(__always)
  static func append(varint value: UInt64, to bytes: inout ByteBuffer) {
    if value < 0x80 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
    appendLong(varint: value, to: &bytes)
  }

  private static func appendLong(varint value: UInt64, to bytes: inout ByteBuffer) {
    if value >> 56 != 0 {
      for shift in stride(from: 57 as UInt64, through: 8, by: -7) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift) | 0x80)
      }
      return bytes.append(UInt8(truncatingIfNeeded: value))
    }
    let groups = (64 - value.leadingZeroBitCount + 6) / 7
    for group in (0..<groups).reversed() {
      let byte = UInt8(truncatingIfNeeded: value >> UInt64(7 * group)) & 0x7F
      bytes.append(group == 0 ? byte : byte | 0x80)
    }
  }
}
