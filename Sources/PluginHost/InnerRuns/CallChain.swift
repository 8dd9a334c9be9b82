import PluginProtocol

/// The analyses that run inside one another, the outermost first.
struct CallChain: Sendable, Hashable {
  /// How many runs may be inside one another, the outermost counted.
  static let maximumDepth = 8

  struct Link: Sendable, Hashable {
    let plugin: String
    let analysis: String
  }

  var links: [Link]

  var words: String { links.map(\.analysis).joined(separator: " → ") }

  /// The chain with one more analysis inside.
  ///
  /// - Throws: A refusal of a cycle, and of too many runs inside one another.
  func adding(_ link: Link) throws(Refusal) -> CallChain {
    var longer = self
    longer.links.append(link)
    guard !links.contains(link) else {
      throw Refusal("call.cycle", "\(link.analysis) is running already: \(longer.words)")
    }
    guard longer.links.count <= Self.maximumDepth else {
      throw Refusal(
        "call.depth",
        "at most \(Self.maximumDepth) runs may be inside one another: \(longer.words)")
    }
    return longer
  }
}
