/// The conventions a time to progression or death depends on, as one value.
///
/// Protocols choose them. Regulators' tables differ: the FDA's example censors at the last
/// assessment before another therapy or before scans were missed, the EMA prefers events as they
/// were observed.
///
/// ## References
///
/// - FDA (2007). *Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics.*
///   Guidance for industry, appendix 3, table A.
/// - EMA (2012). *Methodological consideration for using progression-free survival (PFS) or
///   disease-free survival (DFS) in confirmatory trials.* Appendix 1 to the guideline on the
///   evaluation of anticancer medicinal products in man.
public struct CensoringRules: Sendable, Hashable {
  /// What another anti-cancer therapy does that began before progression or death.
  public enum NewTherapy: String, Sendable, Hashable, Codable, CaseIterable {
    /// Censored at the last evaluable assessment up to the day it began. A scan on that very day
    /// is taken as before it: the therapy is then the answer to what the scan showed.
    case censor
    /// It counts as a progression on the day it began.
    case event
    /// Patients are followed through it.
    case ignore
  }

  /// Where a death without progression is censored in endpoints that do not count it.
  public enum DeathWithoutProgression: String, Sendable, Hashable, Codable, CaseIterable {
    case lastAssessment = "last-assessment"
    case death
  }

  /// What patients without a response contribute to the time to response.
  public enum NonResponders: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing: the times are those of responders.
    case leftOut = "left-out"
    /// They are censored where their progression-free time ends. The curve then treats a patient
    /// who progressed as one who may still respond.
    case censored
  }

  /// When so many scans were missed before an event that it is not counted.
  public struct MissedScans: Sendable, Hashable {
    /// The longest time, in days, from one evaluable assessment to an event that is counted.
    public let longestGap: Int

    public init(longestGap: Int) { self.longestGap = longestGap }

    /// Some intervals between planned scans and a window at either end, in days.
    ///
    /// Many analysis plans write it so: with scans every 6 weeks ± 1 week, 2 are missed where there
    /// was none for over 14 weeks.
    public init(every interval: Int, window: Int = 0, missed: Int = 2) {
      self.init(longestGap: missed * interval + 2 * window)
    }
  }

  public var newTherapy: NewTherapy
  /// Nothing where an event counts however long before it the last assessment was.
  public var missedScans: MissedScans?
  public var deathWithoutProgression: DeathWithoutProgression
  public var nonResponders: NonResponders

  public init(
    newTherapy: NewTherapy = .censor, missedScans: MissedScans? = nil,
    deathWithoutProgression: DeathWithoutProgression = .lastAssessment,
    nonResponders: NonResponders = .leftOut
  ) {
    self.newTherapy = newTherapy
    self.missedScans = missedScans
    self.deathWithoutProgression = deathWithoutProgression
    self.nonResponders = nonResponders
  }

  /// Events as they were observed, whatever came before them.
  public static let asObserved = Self(newTherapy: .ignore)

  /// Only events documented without another therapy or missed scans before them.
  public static func documented(_ missedScans: MissedScans) -> Self {
    Self(newTherapy: .censor, missedScans: missedScans)
  }
}
