/// The values a statistic took in simulated trials.
package struct ReferenceDistribution: Sendable, Hashable {
  /// In ascending order.
  package let values: [Double]

  package init(_ values: [Double]) {
    self.values = values.sorted()
  }

  package var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// Pr(T ≤ `observed`).
  package func pValue(atMost observed: Double) -> MonteCarloEstimate {
    MonteCarloEstimate(pValueOf: count { $0 <= observed }, among: values.count)
  }

  /// Pr(T ≥ `observed`).
  package func pValue(atLeast observed: Double) -> MonteCarloEstimate {
    MonteCarloEstimate(
      pValueOf: values.count - count { $0 < observed }, among: values.count)
  }

  /// The smallest value with at least the share `probability` of all at or below it.
  package func quantile(_ probability: Double) -> Double {
    let rank = Int((probability * Double(values.count)).rounded(.up))
    return values[min(max(rank - 1, 0), values.count - 1)]
  }

  /// How many values, of which the first ones satisfy `condition`, do so.
  private func count(where condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(values[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
