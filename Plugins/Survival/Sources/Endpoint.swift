/// What is waited for, by the name a data set gives it.
struct Endpoint: Sendable, Hashable {
  let name: String

  init(_ name: String) { self.name = name.lowercased() }

  /// The words a person reads.
  var label: String { Self.labels[name] ?? "Time to \(name)" }

  /// The same within a sentence.
  var words: String { label.prefix(1).lowercased() + label.dropFirst() }

  /// Whether it is found, and dated, at scans.
  var isDatedAtScans: Bool { ["pfs", "ttp", "dor", "ttr"].contains(name) }

  private static let labels = [
    "pfs": "Progression-free survival",
    "os": "Overall survival",
    "ttp": "Time to progression",
    "dor": "Duration of response",
    "ttr": "Time to response",
    "stabilization": "Stabilization after partial response",
  ]
}
