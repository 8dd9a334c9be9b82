/// A test that two groups respond at the same rate.
public struct TwoSampleTest: Sendable, Hashable {
  /// The most patients of both groups together the unconditional tests take.
  public static let maximumPatients = 10_000

  public let table: ContingencyTable
  /// The error Berger and Boos spend on the common rate.
  public let gamma: Double

  public init(_ table: ContingencyTable) {
    self.table = table
    gamma = 0.001
  }

  /// - Throws: ``StatisticsError/gammaOutOfRange(_:)`` unless `0 < gamma < 1`.
  public init(_ table: ContingencyTable, gamma: Double) throws(StatisticsError) {
    guard gamma > 0, gamma < 1 else { throw .gammaOutOfRange(gamma) }
    self.table = table
    self.gamma = gamma
  }

  /// What the test finds; `.greater` means that the treated group's rate is the larger.
  ///
  /// - Throws: ``StatisticsError/tableTooLarge(treated:control:limit:)`` from Barnard's and
  ///   Boschloo's tests when the groups together have more than ``maximumPatients``.
  /// - Complexity: for these O(*n₁ n₂*), for Fisher's O(√*n*), else constant.
  public func result(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult {
    switch method {
    case .chiSquare: chiSquareResult(table.pooledDeviate(), alternative)
    case .chiSquareYates: chiSquareResult(table.pooledDeviate(correction: 0.5), alternative)
    case .likelihoodRatio: chiSquareResult(table.likelihoodRatioDeviate, alternative)
    case .scoreMiettinenNurminen: score(alternative)
    case .fisher:
      TestResult(
        pValue: Hypergeometric(table).pValue(table.treated.responders, alternative))
    case .fisherMidP:
      TestResult(
        pValue: Hypergeometric(table).midPValue(table.treated.responders, alternative))
    case .barnard: try UnconditionalTest(table).barnard(alternative)
    case .barnardBergerBoos: try UnconditionalTest(table).bergerBoos(alternative, gamma: gamma)
    case .boschloo: try UnconditionalTest(table).boschloo(alternative)
    case .boschlooCentral: try UnconditionalTest(table).boschlooCentral(alternative)
    }
  }

  /// The *p*-value alone; see ``result(_:_:)``.
  public func pValue(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> Double {
    try result(method, alternative).pValue
  }

  private func score(_ alternative: Alternative) -> TestResult {
    let patients = Double(table.patients)
    let z = table.pooledDeviate() * ((patients - 1) / patients).squareRoot()
    return TestResult(pValue: normalPValue(z, alternative), statistic: z)
  }
}
