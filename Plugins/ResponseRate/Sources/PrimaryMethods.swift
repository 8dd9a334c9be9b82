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

  /// The pair to quote against one control or none.
  ///
  /// A `primary=` decides; without it, methods that were asked for by name are what is quoted.
  /// The test of a pair is the one its interval inverts. Where a method has no such partner it
  /// is shown beside the other half of the usual pair, and the two can disagree.
  ///
  /// - Throws: `Refusal` when `primary=` does not fit what is compared.
  init(_ options: Options, against control: Control?) throws(Refusal) {
    options.frequentist.conventions?.apply(to: &self)
    if let name = options.primary {
      try choose(name, against: control)
    } else if control?.count != nil {
      chooseTwoSample(options)
    } else {
      chooseOneSample(options)
    }
  }

  private mutating func choose(
    _ name: String, against control: Control?
  ) throws(Refusal) {
    switch control {
    case .rate?: try choose(oneSample: name)
    case .counts?, .published?, .arm?: try choose(twoSample: name)
    case nil:
      guard let method = ProportionInterval.Method(rawValue: name) else {
        throw Self.refusal(name, "without one control= to compare with only intervals of the rate")
      }
      interval = method
    }
  }

  /// Intervals of one rate, each with the test it inverts.
  private static let pairs: [(ProportionInterval.Method, OneSampleTest.Method)] = [
    (.clopperPearson, .exactDoubled), (.wilson, .score),
    (.wilsonContinuityCorrected, .scoreContinuityCorrected), (.midP, .midP),
  ]

  private mutating func chooseOneSample(_ options: Options) {
    let test = OneSampleTest.Method(rawValue: options.test)
    if case .only(let method) = options.interval {
      interval = method
      oneSample = test ?? Self.pairs.first { $0.0 == method }?.1 ?? oneSample
    } else if let test {
      oneSample = test
      interval = Self.pairs.first { $0.1 == test }?.0 ?? interval
    }
    agree = Self.pairs.contains { $0 == (interval, oneSample) }
  }

  private mutating func chooseTwoSample(_ options: Options) {
    if case .only(let method) = options.interval { interval = method }
    if case .only(let method) = options.difference { difference = method }
    twoSample = TwoSampleTest.Method(rawValue: options.test) ?? twoSample
    agree = Self.differencePairs.contains { $0 == (difference, twoSample) }
  }

  /// Intervals of a difference, each with the test it inverts.
  private static let differencePairs: [(DifferenceInterval.Method, TwoSampleTest.Method)] = [
    (.miettinenNurminen, .scoreMiettinenNurminen), (.mee, .chiSquare),
  ]

  private mutating func choose(oneSample name: String) throws(Refusal) {
    if let pair = Self.pairs.first(where: { $0.0.rawValue == name || $0.1.rawValue == name }) {
      (interval, oneSample) = pair
    } else if name == OneSampleTest.Method.blaker.rawValue {
      // The interval spans rates its own test can reject.
      (interval, oneSample) = (.blaker, .blaker)
      agree = false
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
    if let pair = Self.differencePairs.first(where: {
      $0.0.rawValue == name || $0.1.rawValue == name
    }) {
      (difference, twoSample) = pair
    } else if let method = DifferenceInterval.Method(rawValue: name) {
      difference = method
      agree = false
    } else if let method = TwoSampleTest.Method(rawValue: name) {
      twoSample = method
      agree = false
    } else {
      throw Self.refusal(name, "against counts only intervals of a difference and two-group tests")
    }
  }

  private static func refusal(_ name: String, _ what: String) -> Refusal {
    Refusal(
      "parameter.combination", "primary=\(name): \(what) can be primary", parameter: "primary")
  }
}
