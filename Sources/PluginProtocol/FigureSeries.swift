public import JSON

extension ResultDocument {
  /// Points of equal kind; every list that is there has the length of `x` and `y`.
  public struct Series: Sendable, Codable, Hashable {
    /// How the points are shown, where the kind of the figure leaves a choice.
    public enum Style: String, Sendable, Codable, CaseIterable {
      case line, steps, points, bars, arrows
    }

    public var name: String
    public var label: String
    /// Numbers, strings where the axis has categories, or null for a point that is not shown.
    public var x: [JSONValue]
    public var y: [JSONValue]
    /// The lower ends of intervals on the axis that has numbers: `x` where `y` has categories.
    public var lower: [JSONValue]?
    public var upper: [JSONValue]?
    /// What stands beside each point.
    public var labels: [String]?
    /// How many each point rests on; a renderer may show it as the size of its mark.
    public var sizes: [JSONValue]?
    /// Series of one group look alike; without it each series is its own.
    public var group: String?
    public var style: Style?

    public init(
      name: String, label: String, x: [JSONValue], y: [JSONValue], lower: [JSONValue]? = nil,
      upper: [JSONValue]? = nil, labels: [String]? = nil, sizes: [JSONValue]? = nil,
      group: String? = nil, style: Style? = nil
    ) {
      self.name = name
      self.label = label
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
      self.labels = labels
      self.sizes = sizes
      self.group = group
      self.style = style
    }
  }
}
