internal import Glibc

public import Statistics

extension BivariateNormal {
  /// The Gaussian copula of two variables with the rank correlation ρ of Spearman: its normal
  /// variables have Pearson's correlation 2 sin(π ρ / 6).
  ///
  /// - Throws: ``TimeToEventError/rankCorrelationOutOfRange(_:)`` unless ρ lies from −1 to 1.
  ///
  /// ## References
  ///
  /// - Kruskal WH (1958). Ordinal measures of association. *J Am Stat Assoc* 53:814–861.
  public init(spearman correlation: Double) throws(TimeToEventError) {
    guard (-1...1).contains(correlation) else { throw .rankCorrelationOutOfRange(correlation) }
    // The sine of 30° comes out a rounding below one half, and 1 − 10⁻¹⁶ is not yet 1: pairs of
    // equal ranks would still differ by 10⁻⁸.
    self.init(
      clamping: correlation.magnitude == 1 ? correlation : 2 * sin(.pi * correlation / 6))
  }
}
