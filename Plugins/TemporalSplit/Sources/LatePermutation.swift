import PluginKit

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
      var stream = PermutationStream(seed: seed, replicate: UInt64(replicate))
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

/// Random bits that depend on the seed and the replicate alone.
///
/// ## References
///
/// - Steele GL, Lea D, Flood CH (2014). Fast splittable pseudorandom number generators. *OOPSLA*
///   2014:453–472 (SplitMix64).
struct PermutationStream: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, replicate: UInt64) {
    state =
      Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mixed(replicate &* 0xD1B5_4A32_D192_ED03)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
