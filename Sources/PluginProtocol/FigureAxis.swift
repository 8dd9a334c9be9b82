extension ResultDocument {
  /// One axis of a figure.
  public struct Axis: Sendable, Codable, Hashable {
    /// How values turn into places.
    public enum Scale: String, Sendable, Codable, CaseIterable {
      case linear, logarithmic
    }

    /// How the numbers beside the axis are written.
    public enum Format: String, Sendable, Codable, CaseIterable {
      case number
      /// A fraction, written as a percentage.
      case percent
      case pValue = "p-value"
    }

    /// `x` or `y`.
    public var name: String
    public var label: String
    /// The unit the values are in, such as `days` or `%`.
    public var unit: String?
    /// Linear where missing.
    public var scale: Scale?
    /// Numbers where missing.
    public var format: Format?
    /// Where the axis begins at the latest; data beyond it are still shown.
    public var minimum: Double?
    /// Where the axis ends at the earliest.
    public var maximum: Double?

    public init(
      name: String, label: String, unit: String? = nil, scale: Scale? = nil,
      format: Format? = nil, minimum: Double? = nil, maximum: Double? = nil
    ) {
      self.name = name
      self.label = label
      self.unit = unit
      self.scale = scale
      self.format = format
      self.minimum = minimum
      self.maximum = maximum
    }
  }
}
