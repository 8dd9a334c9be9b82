import PluginKit
import PluginProtocol
import TumorDynamics

/// The planned scan days of a trial, and those that end the windows of its temporal split.
struct ScanPlan: Sendable {
  let schedule: ScanSchedule
  /// Nothing where fewer than two scans are planned.
  let split: (earlyDay: Int, lateDay: Int)?

  /// Where the windows end that nobody asked for: 12 and 24 weeks.
  private static let usualDays = DynamicsSettings.split
  private static let expectation =
    "an interval such as 8w, or days in rising order with commas such as 12w,24w"
  private static let mostScans = 200

  init(_ values: Parameters) throws(Refusal) {
    let days = try Self.days(values)
    do throws(TumorDynamicsError) {
      schedule = try ScanSchedule(days)
    } catch {
      throw .parameter("scans", try values.text("scans"), expected: Self.expectation)
    }
    split = try Self.split(values, days)
  }

  private static func days(_ values: Parameters) throws(Refusal) -> [Int] {
    let text = try values.text("scans")
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var days: [Int] = []
    for part in parts {
      guard let day = ParameterDeclaration.days(part), day >= 1, day == day.rounded() else {
        throw .parameter("scans", text, expected: expectation)
      }
      days.append(Int(day))
    }
    let last = Int(try values.days("until").rounded())
    guard last >= 1 else {
      throw .parameter("until", "\(last)d", expected: "a duration of 1 or more days")
    }
    if days.count == 1 {
      guard days[0] <= last else {
        throw Refusal(
          "parameter.combination",
          "scans=\(text) is day \(days[0]), after until=, day \(last): nobody would be scanned",
          parameter: "scans", expected: "an interval of at most \(last) days")
      }
      days = Array(stride(from: days[0], through: last, by: days[0]))
    }
    guard days.count <= mostScans else {
      throw .parameter("scans", text, expected: "at most \(mostScans) scans")
    }
    return days
  }

  /// The scans asked for, or those nearest 12 and 24 weeks, the later of two as near.
  private static func split(
    _ values: Parameters, _ days: [Int]
  ) throws(Refusal) -> (earlyDay: Int, lateDay: Int)? {
    func scan(_ name: String, _ usual: Int) throws(Refusal) -> Int {
      guard let asked = try values.optionalDays(name) else {
        return days.reversed().min { ($0 - usual).magnitude < ($1 - usual).magnitude } ?? usual
      }
      guard let day = days.first(where: { Double($0) == asked }) else {
        throw .parameter(
          name, "\(shortNumber(asked))d",
          expected: "a day with a scan: \(days.map(String.init).joined(separator: ", "))")
      }
      return day
    }
    let (early, late) = (try scan("early", usualDays.earlyDay), try scan("late", usualDays.lateDay))
    guard early < late else {
      guard values.has("early") || values.has("late") else { return nil }
      throw Refusal(
        "parameter.combination",
        "early= and late= are days \(early) and \(late): the late window would be empty",
        parameter: "late", expected: "a later scan than early=")
    }
    return (early, late)
  }
}
