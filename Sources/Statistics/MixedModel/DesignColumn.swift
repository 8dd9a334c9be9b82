/// A named column of a model's design, with one value for each observation.
public struct DesignColumn: Sendable, Hashable {
  public let name: String
  public let values: [Double]

  public init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }

  /// The column of ones.
  public static func intercept(_ observations: Int) -> Self {
    Self("intercept", [Double](repeating: 1, count: observations))
  }
}
