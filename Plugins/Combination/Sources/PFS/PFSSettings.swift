import PluginKit
import PluginProtocol

/// How curves of parts are combined and compared.
struct PFSSettings: Sendable {
  /// Spearman's, between one patient's times under both parts.
  let correlation: Double
  /// Others the answer is given for beside it.
  let swept: [Double]
  /// The later first scan of the trials, in days; without it nothing is added up.
  let firstScan: Double?
  /// In days; without it the shortest follow-up.
  let horizon: Double?
  /// How many patients a predicted curve counts for; without it those of the smaller part's arm.
  let patients: Int?
  /// Of limits.
  let level: Double
}

extension PFSSettings {
  /// The parameter `correlation`.
  ///
  /// - Throws: `Refusal` where it is none.
  static func correlation(_ values: Parameters) throws(Refusal) -> Double {
    let correlation = try values.double("correlation")
    guard (-1...1).contains(correlation) else {
      throw .parameter("correlation", "\(correlation)", expected: "a number from -1 to 1")
    }
    return correlation
  }
}
