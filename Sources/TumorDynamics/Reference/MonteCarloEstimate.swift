/// A share found by simulation, with the error that simulating leaves.
package struct MonteCarloEstimate: Sendable, Hashable {
  package let value: Double
  /// The standard deviation the estimate would have over other seeds.
  package let standardError: Double

  package init(value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The share of `trials` in which something happened.
  package init(events: Int, of trials: Int) {
    value = Double(events) / Double(trials)
    standardError = (value * (1 - value) / Double(trials)).squareRoot()
  }

  /// The *p*-value when `asExtreme` of `trials` simulated values were at least as extreme:
  /// (*b* + 1)/(*B* + 1), which is never 0 and keeps its level.
  ///
  /// ## References
  ///
  /// - Davison AC, Hinkley DV (1997). *Bootstrap Methods and their Application*. Cambridge
  ///   University Press, section 4.2.
  package init(pValueOf asExtreme: Int, among trials: Int) {
    self.init(events: asExtreme + 1, of: trials + 1)
  }
}
