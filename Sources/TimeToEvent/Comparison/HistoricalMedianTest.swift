internal import Glibc

public import Statistics

/// A test that survival is exponential with a historical median.
///
/// Under it the hazard is λ₀ = log 2 / median, so *E* = λ₀ × the time all subjects were followed
/// events are expected, of which *O* were observed. Fewer than expected means a longer median. Nothing
/// of the uncertainty of the historical median itself enters.
///
/// ## References
///
/// - Breslow NE (1975). Analysis of survival data under the proportional hazards model. *Int Stat Rev*
///   43:45–57.
/// - Finkelstein DM, Muzikansky A, Schoenfeld DA (2003). Comparing survival of a sample to that of a
///   standard population. *J Natl Cancer Inst* 95:1434–1439.
public struct HistoricalMedianTest: Sendable, Hashable {
  /// How observed and expected events are compared.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// The one-sample log-rank test, (O − E) / √E.
    case oneSampleLogRank = "one-sample-log-rank"
    /// (O − E) / √((O + E) / 2), nearer its level in small samples.
    ///
    /// ## References
    ///
    /// - Wu J (2014). A new one-sample log-rank test. *J Biom Biostat* 5:210.
    case wu
    /// *O* as a Poisson count of mean *E*; two-sided by doubling the smaller tail.
    case exactPoisson = "exact-poisson"
    /// 2 *E* as χ² on 2 *O* degrees of freedom: exact where follow-up ends at the *O*-th event; two-sided
    /// by doubling the smaller tail.
    ///
    /// ## References
    ///
    /// - Epstein B, Sobel M (1953). Life testing. *J Am Stat Assoc* 48:486–502.
    case exponential
  }

  public let median: Double
  public let observed: Int
  public let expected: Double
  /// The time all subjects were followed.
  public let exposure: Double

  /// - Throws: ``TimeToEventError/unusableMedian(_:)`` unless it is above 0 and finite;
  ///   ``TimeToEventError/noFollowUp`` where no subject was followed for any time.
  public init(_ sample: EventTimes, median: Double) throws(TimeToEventError) {
    guard median > 0, median < .infinity else { throw .unusableMedian(median) }
    exposure = sample.times.reduce(0, +)
    guard exposure > 0 else { throw .noFollowUp }
    self.median = median
    observed = sample.events
    expected = exposure * log(2) / median
  }

  /// The median of the exponential distribution under which the data are likeliest; infinite without
  /// events.
  public var exponentialMedian: Double { exposure * log(2) / Double(observed) }

  /// *z*, of the two methods that have one: positive for more events than expected.
  public func statistic(_ method: Method) -> Double? {
    let difference = Double(observed) - expected
    return switch method {
    case .oneSampleLogRank: difference / expected.squareRoot()
    case .wu: difference / ((Double(observed) + expected) / 2).squareRoot()
    case .exactPoisson, .exponential: nil
    }
  }

  /// `.greater` means that the median is longer than the historical one.
  public func pValue(_ method: Method, _ alternative: Alternative = .twoSided) -> Double {
    let (longer, shorter) = tails(method)
    return switch alternative {
    case .greater: longer
    case .less: shorter
    case .twoSided: min(1, 2 * min(longer, shorter))
    }
  }

  /// The chances of so few events or fewer, and of so many or more.
  private func tails(_ method: Method) -> (longer: Double, shorter: Double) {
    if let z = statistic(method) { return (normalLowerTail(z), normalUpperTail(z)) }
    let count = Double(observed)
    let more = observed > 0 ? poissonUpperTail(count, mean: expected) : 1
    // χ² on 2 O degrees of freedom passes 2 E where a Poisson of mean E has fewer than O.
    let fewer =
      method == .exactPoisson
      ? poissonLowerTail(count, mean: expected)
      : observed > 0 ? poissonLowerTail(count - 1, mean: expected) : 0
    return method == .exponential && observed == 0 ? (1, 1) : (fewer, more)
  }
}
