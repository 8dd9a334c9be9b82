/// A record none of whose fields is quoted, as it stands in a chunk.
///
/// It lasts as long as the call it was handed to.
@unsafe struct PlainRecord {
  /// The physical line it stands on, from 1.
  let line: Int
  /// The chunk from the record's first byte on.
  let bytes: UnsafeBufferPointer<UInt8>
  /// Where each field ends; a delimiter stands between two.
  let ends: UnsafeBufferPointer<Int>

  var fieldCount: Int { unsafe ends.count }

  /// Whether the line was empty.
  var isBlank: Bool { unsafe ends.count == 1 && ends[0] == 0 }

  @inline(__always)
  func field(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = unsafe index == 0 ? 0 : ends[index - 1] + 1
    return unsafe UnsafeBufferPointer(rebasing: bytes[start..<ends[index]])
  }

  /// The same, with bytes of its own.
  func copied() -> CSVRecord {
    var copy: [UInt8] = []
    var copiedEnds: [Int] = []
    for index in 0..<(unsafe fieldCount) {
      unsafe copy.append(contentsOf: field(index))
      copiedEnds.append(copy.count)
    }
    return unsafe CSVRecord(line: line, bytes: copy, ends: copiedEnds)
  }
}
