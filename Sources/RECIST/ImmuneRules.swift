/// The conventions of iRECIST that protocols vary.
///
/// ## References
///
/// - Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials
///   testing immunotherapeutics. *Lancet Oncol* 18:e143–e152, table 2.
public struct ImmuneRules: Sendable, Hashable {
  /// An assessment sooner than this after the first iUPD does not confirm it; 4 weeks.
  public var gapDays: Int
  /// What the sum of target lesions, or of new ones, must grow further to confirm; 5 mm.
  public var furtherGrowth: Millimeters
  /// A new lesion of at least this size counts as measurable, 10 mm; of a smaller or unmeasured
  /// one any growth confirms.
  public var measurableNewLesion: Millimeters

  public init(
    gapDays: Int = 28, furtherGrowth: Millimeters = Millimeters(5),
    measurableNewLesion: Millimeters = Millimeters(10)
  ) {
    self.gapDays = gapDays
    self.furtherGrowth = furtherGrowth
    self.measurableNewLesion = measurableNewLesion
  }
}
