import PluginProtocol

/// The patients to be analyzed.
struct Cohort: Sendable {
  /// The data set's name.
  let name: String
  var series: [TumorSeries]
  let source: SplitOptions.Source
  var notes: [Note]
}
