/// McNemar's test that paired responses have the same rate on both occasions.
///
/// Only patients who responded on one occasion speak to it. `.greater` asks whether the first rate
/// is the larger.
public struct McNemarTest: Sendable, Hashable {
  public let table: PairedTable

  public init(_ table: PairedTable) { self.table = table }

  /// What the test finds.
  ///
  /// Two-sided, the asymptotic methods give *χ²*; one-sided, its signed root. Without a discordant
  /// pair the data are all alike and *p* is 1, or ½ one-sided in mid-p and asymptotic methods.
  ///
  /// - Complexity: O(1).
  public func result(_ method: Method, _ alternative: Alternative = .twoSided) -> TestResult {
    switch method {
    case .exact: TestResult(pValue: exact(alternative))
    case .midP: TestResult(pValue: midP(alternative))
    case .asymptotic: chiSquareResult(deviate(correction: 0), alternative)
    case .asymptoticContinuityCorrected: chiSquareResult(deviate(correction: 1), alternative)
    }
  }

  /// The *p*-value alone; see ``result(_:_:)``.
  public func pValue(_ method: Method = .exact, _ alternative: Alternative = .twoSided) -> Double {
    result(method, alternative).pValue
  }

  private func exact(_ alternative: Alternative) -> Double {
    let tails = halfTails(table.firstOnly, of: table.discordant)
    return switch alternative {
    case .less: tails.lower
    case .greater: tails.upper
    case .twoSided: min(1, 2 * min(tails.lower, tails.upper))
    }
  }

  /// The exact *p* less half the probability of the tables that are just as extreme.
  ///
  /// Two-sided these are two mirrored tables, or one when the counts are equal.
  private func midP(_ alternative: Alternative) -> Double {
    let number = table.discordant
    guard number > 0 else { return alternative == .twoSided ? 1 : 0.5 }
    let observed = Binomial(patients: number, rate: 0.5).probability(of: table.firstOnly)
    let isEven = table.firstOnly == table.secondOnly
    let share = alternative == .twoSided && !isEven ? observed : observed / 2
    return exact(alternative) - share
  }

  private func deviate(correction: Double) -> Double {
    let difference = Double(table.firstOnly - table.secondOnly)
    let corrected = difference.magnitude - correction
    guard corrected > 0 else { return 0 }
    let z = corrected / Double(table.discordant).squareRoot()
    return difference < 0 ? -z : z
  }
}

extension McNemarTest {
  /// How the discordant pairs are judged.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// By the binomial distribution of the discordant pairs; two-sided by doubling the smaller
    /// tail, at most 1.
    ///
    /// ## References
    ///
    /// - Mosteller F (1952). Some statistical problems in measuring the subjective response to
    ///   drugs. *Biometrics* 8:220–226.
    case exact

    /// The exact test with half the probability of what was observed.
    ///
    /// ## References
    ///
    /// - Fagerland MW, Lydersen S, Laake P (2013). The McNemar test for binary matched-pairs
    ///   data: mid-p and asymptotic are better than exact conditional. *BMC Med Res Methodol*
    ///   13:91.
    case midP = "mid-p"

    /// *χ²* = (b − c)² / (b + c), the test Tango's limits invert.
    ///
    /// ## References
    ///
    /// - McNemar Q (1947). Note on the sampling error of the difference between correlated
    ///   proportions or percentages. *Psychometrika* 12:153–157.
    case asymptotic

    /// *χ²* = (|b − c| − 1)² / (b + c).
    ///
    /// ## References
    ///
    /// - Edwards AL (1948). Note on the "correction for continuity" in testing the significance
    ///   of the difference between correlated proportions. *Psychometrika* 13:185–187.
    case asymptoticContinuityCorrected = "asymptotic-cc"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .exact: "Conditional on the discordant pairs, doubled, at most 1, as SAS PROC FREQ."
      case .midP: "The exact p less the chance of tables just as extreme, halved (Fagerland 2013)."
      case .asymptotic: "No continuity correction, as SAS PROC FREQ."
      case .asymptoticContinuityCorrected:
        "|b - c| reduced by 1, never past zero, as R's mcnemar.test by default."
      }
    }
  }
}
