import PluginKit
import PluginProtocol
import RECIST

/// Which days cut follow-up into windows, and how sizes at them are found.
struct SplitPlan: Sendable, Hashable {
  /// Days at which a window ends and the next begins, in rising order; at least one.
  var cuts: [Double]
  /// The day the last window ends.
  var until: Double
  /// How many days from these a scan may be.
  var window: Double
  /// What smaller sums of diameters count for.
  var floor: Millimeters

  init(cuts: [Double], until: Double, window: Double, floor: Millimeters = Millimeters(5)) {
    self.cuts = cuts
    self.until = until
    self.window = window
    self.floor = floor
  }

  /// Every day at which a size is needed, after baseline.
  var boundaries: [Double] { cuts + [until] }

  /// The day the last window begins.
  var lateStart: Double { cuts[cuts.count - 1] }
}

extension SplitPlan {
  private static let cutExpectation = "durations in rising order with commas, such as 6w,12w,18w"
  private static let floorExpectation = "a length of more than 0 mm, such as 5mm"
  private static let mostCuts = 20

  init(_ values: Parameters) throws(Refusal) {
    let text = try values.text("at")
    cuts = try Self.cuts(text)
    until = try values.days("until")
    window = try values.days("window")
    floor = try Self.floor(try values.text("floor"))
    guard let last = cuts.last, last < until else {
      throw Refusal(
        "parameter.combination",
        "at=\(text) ends at day \(dayText(cuts.last ?? 0)), and until= is day \(dayText(until)):"
          + " the late window would be empty", parameter: "until",
        expected: "a later day than at=")
    }
  }

  private static func cuts(_ text: String) throws(Refusal) -> [Double] {
    var cuts: [Double] = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      guard let day = ParameterDeclaration.days(String(part)), day >= 1, day > cuts.last ?? 0,
        parts.count <= mostCuts
      else { throw .parameter("at", text, expected: cutExpectation) }
      cuts.append(day)
    }
    return cuts
  }

  private static func floor(_ text: String) throws(Refusal) -> Millimeters {
    let digits = text.hasSuffix("mm") ? String(text.dropLast(2)) : text
    guard let floor = Millimeters(digits), floor > .zero else {
      throw .parameter("floor", text, expected: floorExpectation)
    }
    return floor
  }
}
