/// A lesion chosen at baseline to be measured at every assessment.
public struct TargetLesion: Sendable, Hashable {
  public let name: String
  /// Whether it is a lymph node, measured by its short axis and normal below 10 mm.
  public let isNodal: Bool

  public init(name: String, isNodal: Bool) {
    self.name = name
    self.isNodal = isNodal
  }
}
