/// How the lines of one file become rows of one table.
public struct RowMapping: Sendable, Hashable, Codable {
  public var file: String
  public var table: TrialTable
  /// By the name of the schema column.
  public var columns: [String: ValueMapping]
  /// Schema columns without which a line gives no row.
  public var skipMissing: [String]

  private enum CodingKeys: String, CodingKey {
    case file, table, columns
    case skipMissing = "skip_missing"
  }

  public init(
    file: String, table: TrialTable, columns: [String: ValueMapping], skipMissing: [String] = []
  ) {
    self.file = file
    self.table = table
    self.columns = columns
    self.skipMissing = skipMissing
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    file = try container.decode(String.self, forKey: .file)
    table = try container.decode(TrialTable.self, forKey: .table)
    columns = try container.decode([String: ValueMapping].self, forKey: .columns)
    skipMissing = try container.decodeIfPresent([String].self, forKey: .skipMissing) ?? []
  }
}
