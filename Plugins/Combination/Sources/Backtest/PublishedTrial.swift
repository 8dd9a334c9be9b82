import Statistics

/// A combination's response rate beside those of its parts, as published.
struct PublishedTrial: Sendable {
  /// What came of the combination.
  enum Outcome: Sendable {
    case count(ResponseCount)
    /// In words, where no count is at hand.
    case words(String)
  }

  struct Part: Sendable {
    let name: String
    let count: ResponseCount
  }

  let name: String
  let first: Part
  let second: Part
  let outcome: Outcome
  /// Whether all of its numbers were read in the publication, or in a text that quotes it; others
  /// are recalled.
  let isVerified: Bool
  /// Whether a model was fitted to the trial, so that agreement with it is no prediction.
  let isFitted: Bool
  let citation: String
  /// What to know beside it.
  let remark: String
}
