/// How the SQLite file is laid out.
enum DatasetFormat {
  /// "DBLT" in ASCII: marks the file as ours (`PRAGMA application_id`).
  static let applicationID: Int32 = 0x4442_4C54
  /// `PRAGMA user_version`.
  static let version: Int32 = 1

  /// What makes an empty file.
  static var statements: [String] {
    TrialTable.allCases.flatMap { [creation(of: $0), index(of: $0)] } + [
      "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
      "PRAGMA application_id = \(applicationID)",
      "PRAGMA user_version = \(version)",
    ]
  }

  private static func creation(of table: TrialTable) -> String {
    let columns = table.columns.map { column in
      "\(column.name) \(column.kind.sqlType)\(column.isRequired ? " NOT NULL" : "")"
    }
    return "CREATE TABLE \(table.rawValue) (\(columns.joined(separator: ", "))) STRICT"
  }

  static func indexName(of table: TrialTable) -> String { "\(table.rawValue)_key" }

  private static func index(of table: TrialTable) -> String {
    "CREATE UNIQUE INDEX \(indexName(of: table)) ON \(table.rawValue) (\(keyList(of: table)))"
  }

  static func insertion(into table: TrialTable) -> String {
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(table.rawValue) VALUES (\(marks))"
  }

  /// All rows, in the order of the key.
  static func selection(of table: TrialTable) -> String {
    let columns = table.columns.map(\.name).joined(separator: ", ")
    return "SELECT \(columns) FROM \(table.rawValue) ORDER BY \(keyList(of: table))"
  }

  private static func keyList(of table: TrialTable) -> String {
    table.key.map { table.columns[$0].name }.joined(separator: ", ")
  }
}
