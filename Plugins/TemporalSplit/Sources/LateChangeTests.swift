import Statistics

/// The tests of test (i): whether tumors go on shrinking, the hypothesis being a median of at
/// least zero.
struct LateChangeTests: Sendable {
  let values: [Double]
  let wilcoxon: WilcoxonSignedRank
  let method: WilcoxonSignedRank.Method
  let pValue: Double
  let sign: SignTest
  let location: HodgesLehmann

  init(
    _ values: [Double], zeros: WilcoxonSignedRank.ZeroRule, level: Double,
    alternative: Alternative = .less
  ) throws {
    self.values = values
    wilcoxon = try WilcoxonSignedRank(values, zeros: zeros)
    method = wilcoxon.recommendedMethod
    pValue = try wilcoxon.pValue(method, alternative)
    sign = try SignTest(values)
    location = try HodgesLehmann(values, level: level)
  }

  /// The p-value alone, normal above 200 values, where the exact one costs too much to repeat.
  static func pValue(_ values: [Double], zeros: WilcoxonSignedRank.ZeroRule) throws -> Double {
    let test = try WilcoxonSignedRank(values, zeros: zeros)
    return try test.pValue(values.count > 200 ? .normalContinuityCorrected : .exact, .less)
  }
}
