/// Every distinct text once.
///
/// Tables hold positions in it, and what a text means is worked out once a text rather than once
/// a cell.
final class TextPool {
  private var table = TextTable()

  var count: Int { table.count }

  var texts: [String] { table.texts }

  /// The position of a text as a staged cell.
  func cell(_ text: String) -> Int64 { Int64(table.position(ArraySlice(text.utf8))) }

  /// The bytes of every text.
  var content: TextContent { table.content }

  /// For each position its rank among all texts, ordered by their UTF-8 bytes as SQLite's BINARY
  /// collation orders them.
  func ranks() -> [Int64] { table.ranks() }
}
