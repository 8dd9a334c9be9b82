/// What one assessment says of one lesion that was not there at baseline.
public struct NewLesionFinding: Sendable, Hashable {
  public let isPresent: Bool
  public let size: Millimeters?
  /// Whether the reader says that it grew, measured or not.
  public let hasGrown: Bool

  public init(isPresent: Bool, size: Millimeters? = nil, hasGrown: Bool = false) {
    self.isPresent = isPresent
    self.size = size
    self.hasGrown = hasGrown
  }
}
