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

  /// A picture as data: a renderer decides how it is drawn.
  public struct Figure: Sendable, Codable, Hashable {
    public var name: String
    public var kind: String
    public var title: String
    public var axes: [Axis]
    public var series: [Series]
    public var references: [ReferenceLine]

    public init(
      name: String, kind: String, title: String, axes: [Axis], series: [Series],
      references: [ReferenceLine] = []
    ) {
      self.name = name
      self.kind = kind
      self.title = title
      self.axes = axes
      self.series = series
      self.references = references
    }
  }

  public struct Axis: Sendable, Codable, Hashable {
    public var name: String
    public var label: String
    public var unit: String?

    public init(name: String, label: String, unit: String? = nil) {
      self.name = name
      self.label = label
      self.unit = unit
    }
  }

  /// Points of equal kind; `x` and `y` have one length.
  public struct Series: Sendable, Codable, Hashable {
    public var name: String
    public var label: String
    public var x: [JSONValue]
    public var y: [JSONValue]

    public init(name: String, label: String, x: [JSONValue], y: [JSONValue]) {
      self.name = name
      self.label = label
      self.x = x
      self.y = y
    }
  }

  public struct ReferenceLine: Sendable, Codable, Hashable {
    public var axis: String
    public var value: Double
    public var label: String

    public init(axis: String, value: Double, label: String) {
      self.axis = axis
      self.value = value
      self.label = label
    }
  }
}
