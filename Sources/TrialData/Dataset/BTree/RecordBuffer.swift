/// The bytes of an SQLite record, and of the varints around it.
///
/// ## References
///
/// - SQLite. Database File Format, section 2.1 (Record Format).
struct RecordBuffer {
  private(set) var bytes: [UInt8] = []
  private var types: [UInt8] = []
  private var body: [UInt8] = []

  mutating func begin() {
    types.removeAll(keepingCapacity: true)
    body.removeAll(keepingCapacity: true)
  }

  mutating func addNull() { types.append(0) }

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

  mutating func add(_ number: Double) {
    add(Int64(bitPattern: number.bitPattern), bytes: 8, type: 7)
  }

  mutating func add(text: UnsafeBufferPointer<UInt8>) {
    Self.append(varint: UInt64(text.count * 2 + 13), to: &types)
    unsafe body.append(contentsOf: text)
  }

  private mutating func add(_ number: Int64, bytes count: Int, type: UInt8) {
    types.append(type)
    for index in (0..<count).reversed() {
      body.append(UInt8(truncatingIfNeeded: number >> Int64(8 * index)))
    }
  }

  /// The size of the record begun last.
  ///
  /// Its header is short enough for the length of it to be one byte: our tables have few columns.
  var payloadBytes: Int { 1 + types.count + body.count }

  /// Puts a cell together: what stands before the record, and the record.
  mutating func finish(rowid: Int64?) {
    bytes.removeAll(keepingCapacity: true)
    Self.append(varint: UInt64(payloadBytes), to: &bytes)
    if let rowid { Self.append(varint: UInt64(bitPattern: rowid), to: &bytes) }
    bytes.append(UInt8(truncatingIfNeeded: 1 + types.count))
    bytes.append(contentsOf: types)
    bytes.append(contentsOf: body)
  }

  /// Seven bits a byte, the most significant first; of nine bytes the last has all eight.
  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    if value < 0x80 { return bytes.append(UInt8(value)) }
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
