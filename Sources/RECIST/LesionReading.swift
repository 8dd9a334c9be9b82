/// What one assessment says of one target lesion.
public enum LesionReading: Sendable, Hashable {
  /// Longest diameter, or short axis of a node.
  case measured(Millimeters)
  case absent
  /// Seen, but too small to measure: counts as ``ResponseCriteria/tooSmallToMeasure``.
  case tooSmallToMeasure
  /// Imaged or due, but without a usable measurement.
  case notEvaluable
}
