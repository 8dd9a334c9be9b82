/// All that turns images into a best overall response, as one value.
public struct ResponseRuleSet: Sendable, Hashable {
  public var name: String
  public var standard: ResponseStandard
  public var best: BestResponseRules
  /// Whose assessments count, such as the investigator or an independent reader; nothing where
  /// the data have one reader.
  public var evaluator: String?
  /// Who published it.
  public var source: String

  public init(
    name: String, standard: ResponseStandard, best: BestResponseRules, evaluator: String? = nil,
    source: String
  ) {
    self.name = name
    self.standard = standard
    self.best = best
    self.evaluator = evaluator
    self.source = source
  }

  /// Rule sets in published use, the plainest first.
  public static let published: [Self] = [
    Self(
      name: "recist-1.1", standard: .recist1_1, best: .init(),
      source: "Eisenhauer 2009, section 4.4; 42 days as admiralonco"),
    Self(
      name: "recist-1.1-sd-8w", standard: .recist1_1, best: .init(minimumStableDays: 56),
      source: "Eisenhauer 2009, section 4.4: 6 to 8 weeks"),
    Self(
      name: "recist-1.1-confirmed", standard: .recist1_1, best: .init(confirmation: .init()),
      source: "Eisenhauer 2009, table 3; one NE between as admiralonco"),
    Self(
      name: "recist-1.1-confirmed-21d", standard: .recist1_1,
      best: .init(confirmation: .init(gapDays: 21)), source: "admiralonco vignette"),
    Self(
      name: "recist-1.1-confirmed-one-sd", standard: .recist1_1,
      best: .init(confirmation: .init(maximumStable: 1)), source: "admiralonco, accept_sd"),
    Self(
      name: "recist-1.0", standard: .recist1_0, best: .init(confirmation: .init()),
      source: "Therasse 2000"),
    Self(name: "irecist", standard: .immune, best: .init(), source: "Seymour 2017, table 3"),
  ]
}
