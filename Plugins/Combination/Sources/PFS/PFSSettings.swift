/// How curves of parts are combined and compared.
struct PFSSettings: Sendable {
  /// Spearman's, between one patient's times under both parts.
  let correlation: Double
  /// Others the answer is given for beside it.
  let swept: [Double]
  /// The later first scan of the trials, in days; without it nothing is added up.
  let firstScan: Double?
  /// In days; without it the shortest follow-up.
  let horizon: Double?
  /// How many patients a predicted curve counts for; without it those of the smaller part's arm.
  let patients: Int?
  /// Of limits.
  let level: Double
}
