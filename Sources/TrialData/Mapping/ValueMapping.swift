/// Where the values of one schema column come from.
public struct ValueMapping: Sendable, Hashable {
  /// A baseline size another file holds.
  public struct Baseline: Sendable, Hashable, Codable {
    public var file: String
    /// A column both files have.
    public var match: String
    public var column: String

    public init(file: String, match: String, column: String) {
      self.file = file
      self.match = match
      self.column = column
    }
  }

  public var column: String?
  public var constant: String?
  public var unit: ValueUnit?
  /// Source value to schema value; empty for missing.
  public var values: [String: String]?
  /// The source value is a percent change from this size.
  public var percentChangeFrom: Baseline?

  public init(
    column: String? = nil, constant: String? = nil, unit: ValueUnit? = nil,
    values: [String: String]? = nil, percentChangeFrom: Baseline? = nil
  ) {
    self.column = column
    self.constant = constant
    self.unit = unit
    self.values = values
    self.percentChangeFrom = percentChangeFrom
  }
}

extension ValueMapping: Codable {
  private enum CodingKeys: String, CodingKey {
    case column, constant, unit, values
    case percentChangeFrom = "percent_change_from"
  }

  /// A bare text is the name of a column.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.init(column: name)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decodeIfPresent(String.self, forKey: .column),
      constant: try container.decodeIfPresent(String.self, forKey: .constant),
      unit: try container.decodeIfPresent(ValueUnit.self, forKey: .unit),
      values: try container.decodeIfPresent([String: String].self, forKey: .values),
      percentChangeFrom: try container.decodeIfPresent(Baseline.self, forKey: .percentChangeFrom))
  }
}
