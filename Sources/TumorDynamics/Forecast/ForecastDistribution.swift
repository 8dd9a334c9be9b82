internal import Glibc
internal import Statistics

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

extension ForecastDistribution {
  /// How many of so many patients may respond, where the distribution is of a response rate: each tail
  /// cut off at half of what the level leaves out.
  package func responders(of patients: Int, level: Double) -> ClosedRange<Int> {
    /// P(at most so many).
    func below(_ responders: Int) -> Double {
      1
        - zip(values, weights).reduce(0) {
          $0 + $1.1 * binomialUpperTail(responders + 1, patients: patients, rate: $1.0)
        }
    }
    func first(_ probability: Double) -> Int {
      var (low, high) = (0, patients)
      while low < high {
        let middle = (low + high) / 2
        if below(middle) >= probability { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first((1 - level) / 2)...first((1 + level) / 2)
  }

  /// What a trial may estimate, where the distribution is of a ratio whose logarithm is estimated with a
  /// normal error.
  package func observed(logError: Double, level: Double) -> (lower: Double, upper: Double) {
    let logs = values.map { log($0) }
    func quantile(_ probability: Double) -> Double {
      var (low, high) = (
        (logs.min() ?? 0) - 9 * logError, (logs.max() ?? 0) + 9 * logError
      )
      while high - low > 1e-10 {
        let middle = (low + high) / 2
        let below = zip(logs, weights).reduce(0) {
          $0 + $1.1 * normalLowerTail((middle - $1.0) / logError)
        }
        if below < probability { low = middle } else { high = middle }
      }
      return exp((low + high) / 2)
    }
    return (quantile((1 - level) / 2), quantile((1 + level) / 2))
  }
}
