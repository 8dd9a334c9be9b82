/// One record of a CSV file.
public struct CSVRecord: Sendable {
  /// The physical line it starts on, from 1.
  public let line: Int
  let bytes: [UInt8]
  /// Where each field ends in `bytes`.
  let ends: [Int]

  public var fieldCount: Int { ends.count }

  /// The bytes of a field, its quotes undone.
  public func field(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// A field as text; bytes that are not UTF-8 become U+FFFD.
  public func text(_ index: Int) -> String { String(decoding: field(index), as: UTF8.self) }

  /// Whether the line was empty.
  public var isBlank: Bool { ends.count == 1 && ends[0] == 0 }
}
