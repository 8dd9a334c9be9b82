/// The conventions a best overall response depends on.
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
    /// How many assessments between the two may be not evaluable.
    public var maximumNotEvaluable: Int
    /// Whether one SD may stand between a PR and its confirmation.
    public var acceptsStableDisease: Bool

    public init(
      gapDays: Int = 28, maximumNotEvaluable: Int = 1, acceptsStableDisease: Bool = false
    ) {
      self.gapDays = gapDays
      self.maximumNotEvaluable = maximumNotEvaluable
      self.acceptsStableDisease = acceptsStableDisease
    }
  }

  /// The first day on which SD and NON-CR/NON-PD count; before it they are NE.
  ///
  /// The protocol names it, usually 6 to 8 weeks.
  public var minimumStableDays: Int
  /// Whether assessments after the first PD are left out.
  public var stopsAtFirstProgression: Bool
  /// Nothing where responses stand unconfirmed.
  public var confirmation: Confirmation?

  public init(
    minimumStableDays: Int = 42, stopsAtFirstProgression: Bool = true,
    confirmation: Confirmation? = nil
  ) {
    self.minimumStableDays = minimumStableDays
    self.stopsAtFirstProgression = stopsAtFirstProgression
    self.confirmation = confirmation
  }
}
