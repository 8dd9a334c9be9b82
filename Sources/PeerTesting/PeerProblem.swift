/// Why a benchmark cannot compare itself with a peer.
public struct PeerProblem: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
