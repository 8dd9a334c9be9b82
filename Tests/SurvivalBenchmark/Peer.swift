/// What another program took, and what it found.
struct Peer {
  let workload, name: String
  let seconds, value: Double

  init(_ text: String) throws {
    let parts = text.split(separator: ",").map(String.init)
    guard parts.count == 4, let seconds = Double(parts[2]), let value = Double(parts[3]) else {
      throw Failure(description: "\(text) is not WORKLOAD,PEER,SECONDS,VALUE")
    }
    (workload, name) = (parts[0], parts[1])
    (self.seconds, self.value) = (seconds, value)
  }

  /// How far the values agree; peers stop iterating early, so one part in a million is the same.
  func agreement(with ours: Double) throws -> String {
    let difference = ((ours - value) / ours).magnitude
    guard difference < 1e-6 else {
      throw Failure(description: "\(name) found \(value) for \(workload), not \(ours)")
    }
    return "values agree to \(difference < 1e-10 ? "1e-10" : difference < 1e-8 ? "1e-8" : "1e-6")"
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

extension String {
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
