/// What may come, with its probabilities.
package struct ForecastDistribution: Sendable, Hashable {
  /// In ascending order.
  package let values: [Double]
  /// They add to 1.
  package let weights: [Double]

  /// - Precondition: At least one value, as many weights, and one above 0.
  package init(values: [Double], weights: [Double]) {
    precondition(!values.isEmpty && values.count == weights.count, "one weight for each value")
    let order = values.indices.sorted { values[$0] < values[$1] }
    let whole = weights.reduce(0, +)
    self.values = order.map { values[$0] }
    self.weights = order.map { weights[$0] / whole }
  }

  package var mean: Double { zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } }

  package var variance: Double {
    let mean = mean
    return zip(values, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
  }

  /// The smallest value with at least this probability at or below it.
  package func quantile(_ probability: Double) -> Double {
    var below = 0.0
    for (value, weight) in zip(values, weights) {
      below += weight
      if below >= probability { return value }
    }
    return values[values.count - 1]
  }

  /// The interval with as much probability below as above.
  package func interval(level: Double) -> (lower: Double, upper: Double) {
    (quantile((1 - level) / 2), quantile((1 + level) / 2))
  }
}
