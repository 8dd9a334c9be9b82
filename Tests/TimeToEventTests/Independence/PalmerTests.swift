import Foundation
import ReferenceTesting
import Testing

@testable import TimeToEvent

/// Palmer and Sorger's trials, where their digitized curves are at hand.
///
/// Of the published table these rows cannot be reproduced, and why:
/// - combo-003, 009, 012 (Kolmogorov-Smirnov p of four models): the p depends on a number of
///   patients the printed output does not state, and three of the models are fits of another kind.
/// - combo-017, 018 (Figure 4G): its curves are not among the data.
/// - combo-019: Akaike's criterion of the likelihoods above, arithmetic that no code here does.
/// - combo-022 to 025 are of response rates, and belong to the module Statistics.
struct PalmerTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let id, kind: String
    let files: [String]
    let correlations: [Double]
    /// Absolute, in months for medians: the table's own.
    let tolerance: Double
    let first, second, observed: Double?
    let medians, copula, hazardRatio: [Double]?
    let verdict: String?

    var testDescription: String { id }
  }

  static let reference = Result { try ReferenceTable<Row>.load("palmer", in: .module) }

  private static let folder = "../shared/data/combination/"

  private static func lines(_ file: String) -> [[String]]? {
    guard let text = try? String(contentsOfFile: folder + file, encoding: .utf8) else {
      print("\(folder)\(file) is not there: skipped")
      return nil
    }
    return text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
  }

  /// The arms of a figure, first, second and combination; what is at an arm's last time is left
  /// free of the event then.
  private static func arms(_ file: String) throws -> [SurvivalFunction]? {
    guard let lines = lines(file) else { return nil }
    var arms: [(name: String, points: [(time: Double, count: Double)])] = []
    for line in lines {
      if arms.last?.name != line[0] { arms.append((line[0], [])) }
      arms[arms.count - 1].points.append(
        (try #require(Double(line[1])), try #require(Double(line[2]))))
    }
    return try arms.map { arm in
      let points = arm.points
      let total = points.reduce(0) { $0 + $1.count }
      var left = total
      let heights = points.map { point in
        left -= point.count
        return left / total
      }
      return try SurvivalFunction(
        times: points.dropLast().map(\.time), survival: heights.dropLast(),
        followedTo: points[points.count - 1].time)
    }
  }

  @Test(
    "medians of independent action",
    arguments: try reference.get().rows.filter { $0.kind == "medians" && $0.id != "combo-017" })
  func medians(row: Row) throws {
    guard let arms = try Self.arms(row.files[0]) else { return }
    let ours = try row.correlations.map {
      try #require(IndependentAction(arms[0], arms[1], correlation: $0).combination.median)
    }
    for (median, expected) in zip(ours, try #require(row.medians)) {
      #expect((median - expected).magnitude <= min(row.tolerance, 0.2))
    }
    // The same copula by another program, at the digits it printed.
    for (median, expected) in zip(ours, try #require(row.copula)) {
      #expect((median - expected).magnitude <= 0.0005)
    }
    for (arm, expected) in zip(arms, [row.first, row.second, row.observed]) {
      #expect((try #require(arm.median) - (try #require(expected))).magnitude <= 0.0051)
    }
  }

  /// The notebook's window for its hazard ratios is not stated in what is at hand.
  ///
  /// Followed to one
  /// year both agree within the table's tolerance; to the end they are 0.93 and 0.83 (and 0.81
  /// where all are followed as long), so that the ratio says little without its window.
  @Test(
    "hazard ratios of the observed combination over independent action, to one year",
    arguments: try reference.get().rows.filter {
      $0.kind == "hazard-ratio" && $0.id != "combo-018"
    })
  func hazardRatios(row: Row) throws {
    guard let arms = try Self.arms(row.files[0]) else { return }
    let predicted = try IndependentAction(arms[0], arms[1], correlation: row.correlations[0])
      .combination
    let patients = row.id == "combo-008" ? 3136 : 2185
    let drawn = arms[2].patients(patients)
    let hazard = try InteractionHazard(
      observed: EventTimes(times: drawn.times, occurred: drawn.occurred), predicted: predicted,
      patients: patients, until: 12)
    let limits = try hazard.coefficient.hazardRatioLimits()
    let ours = [hazard.coefficient.hazardRatio, limits.lower, limits.upper]
    for (value, expected) in zip(ours, try #require(row.hazardRatio)) {
      #expect((value - expected).magnitude <= row.tolerance, "\(value), not \(expected)")
    }
    #expect((row.verdict == "synergy") == (limits.upper < 1))
  }

  /// The files call censoring 1.
  @Test("a prediction from the event times of two trials")
  func events() throws {
    let row = try #require(try Self.reference.get().rows.first { $0.kind == "events" })
    let samples = try row.files.map { file -> SurvivalFunction? in
      guard let lines = Self.lines(file) else { return nil }
      return SurvivalFunction(
        try EventTimes(
          times: lines.map { try #require(Double($0[0])) }, occurred: lines.map { $0[1] == "0" }))
    }
    guard let first = samples[0], let second = samples[1] else { return }
    #expect((try #require(first.median) - (try #require(row.first))).magnitude <= row.tolerance)
    #expect((try #require(second.median) - (try #require(row.second))).magnitude <= row.tolerance)
    for (correlation, expected) in zip(row.correlations, try #require(row.medians)) {
      let median = try #require(
        IndependentAction(first, second, correlation: correlation).combination.median)
      #expect((median - expected).magnitude <= row.tolerance, "\(median), not \(expected)")
    }
  }
}
