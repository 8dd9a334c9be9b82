/// A format data sets are written in.
package enum ExportFormat: String, Sendable, Hashable, CaseIterable {
  case csv
  /// SAS transport, version 5.
  case xpt
  case datasetJSON = "dataset-json"

  /// What ends the names of its files.
  var ending: String { self == .datasetJSON ? "json" : rawValue }
}
