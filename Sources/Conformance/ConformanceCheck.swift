/// One thing a plugin must do, and whether it does.
public struct ConformanceCheck: Sendable, Hashable {
  /// A stable dotted name, such as `example.2`.
  public var id: String
  public var passed: Bool
  /// What was found, in words.
  public var sentence: String
  /// Whether there was nothing to judge by, so that `passed` says nothing.
  public var isSkipped: Bool

  public init(id: String, passed: Bool, sentence: String, isSkipped: Bool = false) {
    self.id = id
    self.passed = passed
    self.sentence = sentence
    self.isSkipped = isSkipped
  }

  /// Where an author finds what is behind a check that failed.
  public var whereToLook: String {
    switch id.prefix(while: { $0 != "." }) {
    case "manifest": "plugin.toml"
    case "definition": "[definition] in plugin.toml, and the README of its engine"
    case "handshake":
      "what it does before it answers \"initialize\", and id and version there and in plugin.toml"
    case "defaults": "the defaults in plugin.toml, and the analysis run without parameters"
    case "example": "the examples in plugin.toml, and the result the analysis returns for them"
    case "refusal": "the line that reads the parameter: refuse, and name the parameter"
    case "bound": "minimum and maximum in plugin.toml, and what the analysis does there"
    case "progress": "the fractions it reports: from 0 to 1, never falling"
    case "shards": "its random numbers: one stream a replicate, keyed by seed and replicate alone"
    case "cancel": "its loops: each must ask whether the run was cancelled"
    case "determinism": "its random numbers, times, and the order of sets: only the seed may decide"
    case "many-runs": "what it keeps between runs: caches, globals, open files"
    case "prints": "where it writes: messages go to descriptor 4, by way of the kit"
    case "end": "what keeps it alive when descriptor 3 closes: threads, children, handlers"
    default: "the answer to the request that is named"
    }
  }
}

extension ConformanceCheck: CustomStringConvertible {
  public var description: String {
    "\(isSkipped ? "skipped" : passed ? "ok" : "FAILED") \(id): \(sentence)"
  }
}
