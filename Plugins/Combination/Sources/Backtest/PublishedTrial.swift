import Statistics

/// A combination's response rate beside those of its parts, as published.
struct PublishedTrial: Sendable {
  /// How sure it is that a paper says so.
  enum Verification: String, Sendable {
    /// Read in the publication, or in a text that quotes it.
    case verified
    /// Rates read, counts worked out from them.
    case arithmetic
    /// Recalled, and not yet found in a text.
    case unverified
  }

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
  /// Of the least certain of its numbers.
  let verification: Verification
  /// Whether a model was fitted to the trial, so that agreement with it is no prediction.
  let isFitted: Bool
  let citation: String
  /// What to know beside it.
  let remark: String
}
