import PluginKit
import PluginProtocol
import Statistics

/// The counts a combination is compared with, as the request gives them.
struct CombinedTrials: Sendable {
  let combination: ResponseCount
  /// The first part alone, in one trial or several.
  let firsts: [ResponseCount]
  let second: ResponseCount
  let correlation: Double

  private static let mostFirsts = 20

  init(_ values: Parameters) throws(Refusal) {
    combination = try Self.count(values.ratio("combination"), "combination")
    second = try Self.count(values.ratio("second"), "second")
    correlation = try values.correlation()
    firsts = try Self.list(values.text("first"))
    let most = firsts.map(\.patients).max() ?? 0
    guard most + 1 <= CombinationExcess.pairLimit / (second.patients + 1) else {
      throw Refusal(
        "parameter.value",
        "first= and second= have too many patients for a bootstrap over all of their counts",
        parameter: "second",
        expected: "at most \(CombinationExcess.pairLimit) patients in the first times the second")
    }
  }

  private static func count(_ ratio: Ratio, _ name: String) throws(Refusal) -> ResponseCount {
    do {
      return try ResponseCount(responders: ratio.events, patients: ratio.total)
    } catch {
      throw Refusal("parameter.value", "\(error)", parameter: name)
    }
  }

  private static func list(_ text: String) throws(Refusal) -> [ResponseCount] {
    let expected = "responders/patients such as 54/243, or up to \(mostFirsts) with commas"
    var counts: [ResponseCount] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let count = ResponseCount(part.trimmed) else {
        throw Refusal(
          "parameter.value", "first=\(part.trimmed) is no count", parameter: "first",
          expected: expected)
      }
      if !counts.contains(count) { counts.append(count) }
    }
    guard counts.count <= mostFirsts else {
      throw Refusal(
        "parameter.value", "first= has \(counts.count) counts", parameter: "first",
        expected: expected)
    }
    return counts
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
