internal import Synchronization

/// Every distinct text once.
///
/// Tables hold positions in it, and what a text means is worked out once a text rather than once
/// a cell. Columns that are read side by side add their texts to the same pool.
final class TextPool: Sendable {
  private let table = Mutex(TextTable())

  var count: Int { table.withLock { $0.count } }

  var texts: [String] { table.withLock { $0.texts } }

  /// The position of a text as a staged cell.
  func cell(_ text: String) -> Int64 {
    table.withLock { Int64($0.position(ArraySlice(text.utf8))) }
  }

  /// The bytes of every text.
  var content: TextContent { table.withLock { $0.content } }

  /// For each position its rank among all texts, ordered by their UTF-8 bytes as SQLite's BINARY
  /// collation orders them.
  func ranks() -> [Int64] { table.withLock { $0.ranks() } }
}
