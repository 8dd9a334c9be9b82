public import JSON

extension ResultDocument {
  /// A table; every row has one cell a column.
  public struct ResultTable: Sendable, Codable, Hashable {
    public var name: String
    public var title: String
    public var columns: [Column]
    public var rows: [[JSONValue]]

    public init(name: String, title: String, columns: [Column], rows: [[JSONValue]] = []) {
      self.name = name
      self.title = title
      self.columns = columns
      self.rows = rows
    }
  }

  public struct Column: Sendable, Codable, Hashable {
    /// How a renderer writes the numbers of a column.
    public enum Format: String, Sendable, Codable, CaseIterable {
      case text, count, number, percent
      case pValue = "p-value"
      /// Seconds.
      case duration
    }

    public var name: String
    public var label: String
    public var format: Format

    public init(_ name: String, _ label: String, _ format: Format = .text) {
      self.name = name
      self.label = label
      self.format = format
    }
  }
}
