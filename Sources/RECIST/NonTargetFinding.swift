/// What one assessment says of one non-target lesion, with its size where it was measured.
public struct NonTargetFinding: Sendable, Hashable {
  public let state: NonTargetState
  public let size: Millimeters?

  public init(state: NonTargetState, size: Millimeters? = nil) {
    self.state = state
    self.size = size
  }
}
