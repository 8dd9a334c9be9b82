import PluginKit
import PluginProtocol

extension Parameters {
  /// The parameter `correlation`.
  ///
  /// - Throws: `Refusal` where it is none.
  func correlation() throws(Refusal) -> Double {
    let correlation = try double("correlation")
    guard (-1...1).contains(correlation) else {
      throw .parameter("correlation", "\(correlation)", expected: "a number from -1 to 1")
    }
    return correlation
  }
}
