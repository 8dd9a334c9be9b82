import PluginProtocol

/// How often test (i) is positive under chemotherapy alone.
struct Evidence: Sendable {
  /// The smallest and the largest share of positive trials, over rates the data do not identify.
  let lowest: Double
  let highest: Double
  /// Where the range is from, as the end of a sentence.
  let source: String
  /// What decides where in the range a trial lies, and these data do not tell.
  let dependence: String
  private let words: String

  /// The range that stands where no model was run.
  static let cited = Evidence(
    lowest: 0.02, highest: 0.9, words: "2 % to over 90 %",
    source: "a range from simulations of chemotherapy alone with decay rates from 0.008 to 0.0193"
      + " per day; reference=model:RATE computes it for this trial's own scan days")

  init(lowest: Double, highest: Double, source: String, dependence: String = "a rate") {
    self.init(
      lowest: lowest, highest: highest,
      words: "\(roundPercent(lowest)) to \(roundPercent(highest))",
      source: source, dependence: dependence)
  }

  private init(
    lowest: Double, highest: Double, words: String, source: String, dependence: String = "a rate"
  ) {
    self.dependence = dependence
    self.lowest = lowest
    self.highest = highest
    self.words = words
    self.source = source
  }

  /// What stands beside every p-value of test (i).
  var beside: String { "median change of 0; positive under chemotherapy alone in \(words)" }

  /// The sentence that is printed with every split.
  func sentence(contributors: Int, of all: Int) -> String {
    "\(contributors) of \(all) patients contribute. Under chemotherapy alone this test is positive"
      + " in \(words) of trials, depending on \(dependence) these data cannot identify. Not evidence"
      + " of an immune effect."
  }

  func note(contributors: Int, of all: Int) -> Note {
    Note(
      .warning, "late-change.not-evidence",
      sentence(contributors: contributors, of: all) + " (\(source.prefix(1).uppercased())"
        + "\(source.dropFirst()).)")
  }
}
