/// What another program took for a workload, and what it found.
public struct Peer {
  let workload, name: String
  let seconds, value: Double

  /// - Throws: ``PeerProblem`` where the text is not `WORKLOAD,PEER,SECONDS,VALUE`.
  public init(_ text: String) throws(PeerProblem) {
    let parts = text.split(separator: ",").map(String.init)
    guard parts.count == 4, let seconds = Double(parts[2]), let value = Double(parts[3]) else {
      throw PeerProblem("\(text) is not WORKLOAD,PEER,SECONDS,VALUE")
    }
    (workload, name) = (parts[0], parts[1])
    (self.seconds, self.value) = (seconds, value)
  }

  /// How far the values agree; peers search a grid or stop iterating early, so one part in a million
  /// is the same value.
  func agreement(with ours: Double) throws(PeerProblem) -> String {
    let difference = ((ours - value) / ours).magnitude
    guard difference < 1e-6 else {
      throw PeerProblem("\(name) found \(value) for \(workload), not \(ours)")
    }
    return "values agree to \(difference < 1e-10 ? "1e-10" : difference < 1e-8 ? "1e-8" : "1e-6")"
  }
}
