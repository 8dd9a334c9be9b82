import Store

/// What a session supplies where a line is silent.
struct SessionDefaults: Sendable, Hashable {
  /// Set by `use`.
  var dataset: String?
  /// Set by `set`, as typed; kept in order of their keys.
  var values: [String: String] = [:]
  /// The run answered last, also where its answer came from the store.
  var lastRun: RunID?
}
