internal import Glibc

/// Bytes being put together, with one owner.
///
/// An array asks at each byte whether it is shared; at the tens of millions of bytes an import
/// writes that is most of the work. What is appended is checked against the room there is.
@safe struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 256) {
    unsafe start = UnsafeMutablePointer.allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { unsafe start.deallocate() }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe start[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    _ = unsafe memcpy(start + count, source, bytes.count)
    count += bytes.count
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0) }
  }

  /// Appends the lowest bytes of a number, the most significant first.
  @inline(__always)
  mutating func append(_ number: Int64, bytes: Int) {
    reserve(8)
    let aligned = UInt64(bitPattern: number) << UInt64(64 - 8 * bytes)
    unsafe UnsafeMutableRawPointer(start + count)
      .storeBytes(of: aligned.bigEndian, as: UInt64.self)
    count += bytes
  }

  /// Appends the digits of a number.
  @inline(__always)
  mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var digits = 1
    var rest = number.magnitude
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    reserve(digits)
    rest = number.magnitude
    for index in (count..<count + digits).reversed() {
      unsafe start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// Replaces the last byte.
  @inline(__always)
  mutating func replaceLast(with byte: UInt8) {
    precondition(count > 0, "there is a byte to replace")
    unsafe start[count - 1] = byte
  }

  /// Hands over the bytes, for as long as the call lasts.
  @inline(__always)
  borrowing func withBytes<Value>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    try unsafe body(UnsafeBufferPointer(start: start, count: count))
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let larger = max(2 * capacity, count + more)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe copy.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = copy
    capacity = larger
  }
}
