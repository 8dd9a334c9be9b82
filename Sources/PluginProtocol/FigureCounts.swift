extension ResultDocument {
  /// Whole numbers below the horizontal axis of a figure, such as how many are at risk: one row a
  /// group, one column a place on the axis.
  public struct AxisCounts: Sendable, Codable, Hashable {
    public struct Row: Sendable, Codable, Hashable {
      public var label: String
      /// The group of the series the counts belong to; without it, the label.
      public var group: String?
      /// As many as there are places.
      public var counts: [Int]

      public init(label: String, group: String? = nil, counts: [Int]) {
        self.label = label
        self.group = group
        self.counts = counts
      }
    }

    public var title: String
    /// Values of the axis, rising.
    public var places: [Double]
    public var rows: [Row]

    public init(title: String, places: [Double], rows: [Row]) {
      self.title = title
      self.places = places
      self.rows = rows
    }
  }
}
