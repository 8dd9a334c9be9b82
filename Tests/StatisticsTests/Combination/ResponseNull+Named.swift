import Statistics
import Testing

extension ResponseNull {
  /// By the name it has in reference tables.
  init(named name: String, correlation: Double?) throws {
    self =
      switch name {
      case "hsa": .highestSingleAgent
      case "bliss": .bliss
      case "sum": .simpleSum
      default: .correlated(try BivariateNormal(correlation: #require(correlation)))
      }
  }
}
