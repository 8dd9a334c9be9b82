import Statistics

/// How much worse than those seen the patients not seen late must have fared for the conclusion
/// to flip.
///
/// Each missing late change is one of the observed ones plus δ: the quantiles at (i − ½)/m of the
/// observed changes for m missing, so that their spread is kept. The p-value rises with δ, and
/// the least δ at which it passes α is found by halving.
///
/// ## References
///
/// - Little RJA (1993). Pattern-mixture models for multivariate incomplete data. *J Am Stat
///   Assoc* 88:125–134.
/// - National Research Council (2010). *The Prevention and Treatment of Missing Data in Clinical
///   Trials*. National Academies Press, chapter 5.
struct PatternMixture {
  let observed: [Double]
  let zeros: WilcoxonSignedRank.ZeroRule
  let alpha: Double
  /// What stands in for the missing ones, before δ.
  private let quantiles: [Double]

  init(observed: [Double], missing: Int, zeros: WilcoxonSignedRank.ZeroRule, alpha: Double) {
    self.observed = observed
    self.zeros = zeros
    self.alpha = alpha
    let sorted = observed.sorted()
    quantiles = (0..<missing).map { index in
      let place = (Double(index) + 0.5) / Double(missing) * Double(sorted.count)
      return sorted[min(sorted.count - 1, Int(place))]
    }
  }

  enum Finding: Hashable {
    /// The test is not positive as it is.
    case notPositive
    case flips(at: Double)
    /// Not even at the largest δ tried.
    case stands(beyond: Double)
  }

  private static let largest = 4.0
  private static let halvings = 14

  func finding() throws -> Finding {
    guard try pValue(at: nil) <= alpha else { return .notPositive }
    if try pValue(at: Self.largest) <= alpha { return .stands(beyond: Self.largest) }
    var (low, high) = (-Self.largest, Self.largest)
    if try pValue(at: low) > alpha { return .flips(at: low) }
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      if try pValue(at: middle) <= alpha { low = middle } else { high = middle }
    }
    return .flips(at: high)
  }

  /// Nil leaves the missing ones out.
  private func pValue(at delta: Double?) throws -> Double {
    let imputed = delta.map { delta in quantiles.map { $0 + delta } } ?? []
    return try LateChangeTests.pValue(observed + imputed, zeros: zeros)
  }
}
