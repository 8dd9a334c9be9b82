import JSON
import PluginProtocol
import Statistics

/// One line of the page of control models: the control's rate by one model, and the treated rate
/// against it.
struct BorrowedRate: Sendable {
  let method: String
  let label: String
  /// The control's rate, its interval, and what it is worth in patients.
  var rate: Double?
  var interval: (lower: Double, upper: Double)?
  var effectiveSize: Double?
  /// The treated rate less the control's.
  var difference: Double?
  var differenceInterval: (lower: Double, upper: Double)?
  var superiority: Double?
  var pValue: Double?

  init(method: String, label: String) {
    self.method = method
    self.label = label
  }

  /// By a density of the control's rate.
  init(
    method: String, label: String, density: RateDensity, treated: BetaShape, level: Double
  ) throws {
    self.init(method: method, label: label)
    let comparison = RateComparison(treated: treated, control: density)
    let mean = density.mean
    rate = mean
    interval = (density.quantile((1 - level) / 2), density.quantile((1 + level) / 2))
    let deviation = density.standardDeviation
    effectiveSize = mean * (1 - mean) / (deviation * deviation) - 1
    difference = treated.mean - mean
    differenceInterval = try comparison.interval(level: level)
    superiority = comparison.probabilityOfSuperiority
  }

  static func columns(_ level: Double) -> [ResultDocument.Column] {
    [
      .init("model", "Control model"), .init("rate", "Control", .percent),
      .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
      .init("ess", "ESS", .number), .init("difference", "T - C", .percent),
      .init("difference-lower", "Lower", .percent), .init("difference-upper", "Upper", .percent),
      .init("superiority", "P(T > C)", .number), .init("p", "p", .pValue),
    ]
  }

  var cells: [JSONValue] {
    let numbers = [
      rate, interval?.lower, interval?.upper, effectiveSize, difference,
      differenceInterval?.lower, differenceInterval?.upper, superiority, pValue,
    ]
    return [.string(label)] + numbers.map { $0.map(JSONValue.number) ?? .null }
  }
}
