extension ResultDocument {
  /// A picture as data: a renderer decides how it is drawn.
  ///
  /// An analysis says what is to be seen, never where or in which color. What each kind makes of
  /// the series stands with ``Kind``.
  public struct Figure: Sendable, Codable, Hashable {
    /// A stable name, as `plot RUN NAME` accepts it.
    public var name: String
    public var kind: Kind
    public var title: String
    /// The axes, named `x` and `y`.
    public var axes: [Axis]
    public var series: [Series]
    public var references: [ReferenceLine]
    /// What the picture shows, in a sentence or two for somebody who cannot see it.
    public var alternativeText: String?
    /// What a reader must know of the picture, such as who is missing from it.
    public var caption: String?
    /// What the four parts of a scatter say: upper left, upper right, lower left, lower right.
    public var quadrants: [String]?
    /// What stands below the horizontal axis of a curve, such as how many are at risk.
    public var countsBelow: AxisCounts?

    public init(
      name: String, kind: Kind, title: String, axes: [Axis], series: [Series],
      references: [ReferenceLine] = [], alternativeText: String? = nil, caption: String? = nil,
      quadrants: [String]? = nil, countsBelow: AxisCounts? = nil
    ) {
      self.name = name
      self.kind = kind
      self.title = title
      self.axes = axes
      self.series = series
      self.references = references
      self.alternativeText = alternativeText
      self.caption = caption
      self.quadrants = quadrants
      self.countsBelow = countsBelow
    }
  }

  /// A line across the picture at one value of an axis.
  public struct ReferenceLine: Sendable, Codable, Hashable {
    /// The name of the axis the value is on.
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
