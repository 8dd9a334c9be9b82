/// The conventions a best overall response depends on, as one value.
///
/// Nothing here is law: the guideline leaves the minimum duration of stable disease and the
/// confirmation interval to the protocol, and programs differ in what may stand between.
///
/// ## References
///
/// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, section 4.4 and table 3.
public struct BestResponseRules: Sendable, Hashable {
  /// What makes a response a confirmed one.
  public struct Confirmation: Sendable, Hashable {
    /// Days from the response to the assessment that confirms it, 28 in the guideline.
    public var gapDays: Int
    /// The last day after the response on which an assessment still confirms it.
    ///
    /// Nothing where any later assessment may; the guideline names no limit.
    public var windowDays: Int?
    /// How many assessments between the two may be not evaluable.
    public var maximumNotEvaluable: Int
    /// How many SD may stand between a PR and its confirmation; never any after a CR.
    public var maximumStable: Int

    public init(
      gapDays: Int = 28, windowDays: Int? = nil, maximumNotEvaluable: Int = 1,
      maximumStable: Int = 0
    ) {
      self.gapDays = gapDays
      self.windowDays = windowDays
      self.maximumNotEvaluable = maximumNotEvaluable
      self.maximumStable = maximumStable
    }
  }

  /// The first day on which SD and NON-CR/NON-PD count; before it they are NE.
  ///
  /// The protocol names it, usually 6 to 8 weeks.
  public var minimumStableDays: Int
  /// Whether assessments after the first PD are left out.
  public var stopsAtFirstProgression: Bool
  /// Whether assessments from the start of another anti-cancer therapy on are left out.
  public var stopsAtNewTherapy: Bool
  /// Whether a patient without any assessment is NE rather than MISSING.
  public var missingIsNotEvaluable: Bool
  /// Nothing where responses stand unconfirmed.
  public var confirmation: Confirmation?

  public init(
    minimumStableDays: Int = 42, stopsAtFirstProgression: Bool = true,
    stopsAtNewTherapy: Bool = true, missingIsNotEvaluable: Bool = false,
    confirmation: Confirmation? = nil
  ) {
    self.minimumStableDays = minimumStableDays
    self.stopsAtFirstProgression = stopsAtFirstProgression
    self.stopsAtNewTherapy = stopsAtNewTherapy
    self.missingIsNotEvaluable = missingIsNotEvaluable
    self.confirmation = confirmation
  }
}
