import PluginKit
import TrialDesign

/// Permutes the arms of late changes.
struct LatePermutation {
  struct Share: Hashable {
    let pValue: Double
    /// The standard error of the p-value from the number of permutations.
    let error: Double

    init(extreme: Int, of replicates: Int) {
      pValue = Double(extreme + 1) / Double(replicates + 1)
      error = (pValue * (1 - pValue) / Double(replicates + 1)).squareRoot()
    }
  }

  let treated: [Double]
  let control: [Double]
  let replicates: Int
  let seed: UInt64

  var meanDifference: Double { (treated.mean ?? 0) - (control.mean ?? 0) }

  var shareDifference: Double { Self.share(treated) - Self.share(control) }

  private static func share(_ values: [Double]) -> Double {
    Double(values.count { $0 < 0 }) / Double(max(1, values.count))
  }

  /// The sum over the treated decides for the mean, as their number below zero does for the share.
  func result(_ context: RunContext) throws -> (mean: Share, share: Share) {
    let all = treated + control
    let sum = treated.reduce(0, +)
    let below = treated.count { $0 < 0 }
    // Sums of the same numbers in another order differ in their last digits.
    let allowance = 1e-12 * all.map(\.magnitude).reduce(0, +)
    var (smaller, more) = (0, 0)
    for replicate in 0..<replicates {
      if replicate.isMultiple(of: 1000) {
        try context.checkCancellation()
        context.progress(Double(replicate) / Double(replicates), "permutations")
      }
      var stream = RandomStream(seed: seed, replicate: UInt64(replicate))
      var pool = all
      var (drawn, drawnBelow) = (0.0, 0)
      for index in treated.indices {
        pool.swapAt(index, Int.random(in: index..<pool.count, using: &stream))
        drawn += pool[index]
        if pool[index] < 0 { drawnBelow += 1 }
      }
      if drawn <= sum + allowance { smaller += 1 }
      if drawnBelow >= below { more += 1 }
    }
    return (Share(extreme: smaller, of: replicates), Share(extreme: more, of: replicates))
  }
}
