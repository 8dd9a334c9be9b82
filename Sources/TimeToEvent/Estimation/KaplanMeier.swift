/// The product-limit estimate of survival.
///
/// S(t) = Π (1 − dⱼ / nⱼ) over the times tⱼ ≤ t, with dⱼ events among nⱼ at risk. A subject censored
/// at a time of events is at risk for them. A subject with an event at time 0 lowers S(0).
///
/// Columns by distinct time, those of censoring alone included.
///
/// ## References
///
/// - Kaplan EL, Meier P (1958). Nonparametric estimation from incomplete observations.
///   *J Am Stat Assoc* 53:457–481.
public struct KaplanMeier: Sendable, Hashable {
  public let times: [Double]
  /// How many were followed to each time or longer.
  public let atRisk: [Int]
  public let events: [Int]
  public let censored: [Int]
  /// S right after each time.
  public let survival: [Double]
  /// Greenwood's estimate of the variance of log S: Σ dⱼ / (nⱼ (nⱼ − dⱼ)); infinite once S is 0.
  public let logVariance: [Double]

  public init(_ sample: EventTimes) {
    let counts = TimeCounts(sample)
    times = sample.grid.times
    events = counts.events
    censored = counts.censored
    atRisk = counts.atRisk
    (survival, logVariance) = Self.products(atRisk: counts.atRisk, events: counts.events)
  }

  private static func products(atRisk: [Int], events: [Int]) -> ([Double], [Double]) {
    var (product, sum) = (1.0, 0.0)
    var survival = [Double](repeating: 1, count: atRisk.count)
    var logVariance = [Double](repeating: 0, count: atRisk.count)
    for index in atRisk.indices {
      if events[index] > 0 {
        let (n, d) = (Double(atRisk[index]), Double(events[index]))
        product *= (n - d) / n
        sum += d / (n * (n - d))
      }
      survival[index] = product
      logVariance[index] = sum
    }
    return (survival, logVariance)
  }

  public var subjects: Int { atRisk[0] }
}

extension KaplanMeier {
  /// One curve a group, in the order of the groups' labels; nil for a group without subjects.
  ///
  /// - Throws: ``TimeToEventError/unequalColumn(_:values:subjects:)``.
  /// - Complexity: O(*n*), however many groups.
  public static func curves(
    _ sample: EventTimes, by groups: Grouping
  ) throws(TimeToEventError) -> [KaplanMeier?] {
    guard groups.codes.count == sample.subjects else {
      throw .unequalColumn("of groups", values: groups.codes.count, subjects: sample.subjects)
    }
    var curves: [KaplanMeier?] = []
    for places in groups.places {
      curves.append(places.isEmpty ? nil : KaplanMeier(try sample.subset(places)))
    }
    return curves
  }
}
