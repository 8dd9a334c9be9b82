package import RECIST

/// One patient's sum of diameters in whole millimeters, judged scan by scan.
///
/// It decides as `TargetFollowUp` does for a single non-nodal lesion that never vanishes, in integer
/// arithmetic, so that millions of simulated scans cost next to nothing. The tests hold the two
/// equal.
package struct TargetSum: Sendable {
  package let baseline: Int
  package private(set) var nadir: Int
  /// Millimeters a sum must have grown to be PD: 5 in RECIST 1.1, none in RECIST 1.0.
  private let smallestGrowth: Int

  /// - Precondition: The baseline is positive.
  package init(baseline: Int, smallestGrowth: Int = 5) {
    self.baseline = baseline
    self.smallestGrowth = smallestGrowth
    nadir = baseline
  }

  /// Judges the next scan: PD before PR, both bounds reached rather than passed.
  ///
  /// - Precondition: The sum is positive.
  package mutating func assess(_ millimeters: Int) -> ResponseCategory {
    let growth = millimeters - nadir
    nadir = min(nadir, millimeters)
    if growth >= smallestGrowth, growth * 5 >= millimeters - growth { return .progressiveDisease }
    return millimeters * 10 <= baseline * 7 ? .partialResponse : .stableDisease
  }
}

extension ResponseStandard {
  /// What a sum must have grown for PD beside 20 %, in whole millimeters as simulated sums are.
  var smallestGrowthMillimeters: Int { Int(criteria.smallestGrowth.tenThousandths / 10_000) }
}
