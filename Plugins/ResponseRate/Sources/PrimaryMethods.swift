import PluginProtocol
import Statistics

/// The interval and the test to quote together.
struct PrimaryMethods: Sendable, Hashable {
  var interval = ProportionInterval.Method.clopperPearson
  var oneSample = OneSampleTest.Method.exactDoubled
  var difference = DifferenceInterval.Method.miettinenNurminen
  var twoSample = TwoSampleTest.Method.scoreMiettinenNurminen
  /// Whether interval and test always come to the same conclusion.
  var agree = true

  /// The pair a `primary=` asks for, against one control or none.
  ///
  /// The test of a pair is the one its interval inverts. Where a method has no such partner it
  /// is shown beside the other half of the usual pair, and the two can disagree.
  ///
  /// - Throws: `Refusal` when the method does not fit what is compared.
  init(_ name: String?, against control: Control?) throws(Refusal) {
    guard let name else { return }
    switch control {
    case .rate?: try choose(oneSample: name)
    case .counts?, .published?: try choose(twoSample: name)
    case nil:
      guard let method = ProportionInterval.Method(rawValue: name) else {
        throw Self.refusal(name, "without one control= to compare with only intervals of the rate")
      }
      interval = method
    }
  }

  private mutating func choose(oneSample name: String) throws(Refusal) {
    let pairs: [(ProportionInterval.Method, OneSampleTest.Method)] = [
      (.clopperPearson, .exactDoubled), (.wilson, .score),
      (.wilsonContinuityCorrected, .scoreContinuityCorrected), (.midP, .midP),
    ]
    if let pair = pairs.first(where: { $0.0.rawValue == name || $0.1.rawValue == name }) {
      (interval, oneSample) = pair
    } else if let method = ProportionInterval.Method(rawValue: name) {
      interval = method
      agree = false
    } else if let method = OneSampleTest.Method(rawValue: name) {
      oneSample = method
      agree = false
    } else {
      throw Self.refusal(name, "against a fixed rate only intervals of one rate and their tests")
    }
  }

  private mutating func choose(twoSample name: String) throws(Refusal) {
    if let method = DifferenceInterval.Method(rawValue: name) {
      difference = method
      agree = method == .miettinenNurminen
    } else if let method = TwoSampleTest.Method(rawValue: name) {
      twoSample = method
      agree = method == .scoreMiettinenNurminen
    } else {
      throw Self.refusal(name, "against counts only intervals of a difference and two-group tests")
    }
  }

  private static func refusal(_ name: String, _ what: String) -> Refusal {
    Refusal(
      "parameter.combination", "primary=\(name): \(what) can be primary", parameter: "primary")
  }
}
