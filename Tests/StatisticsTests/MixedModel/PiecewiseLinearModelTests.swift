import ReferenceTesting
import Statistics
import Testing

struct PiecewiseLinearModelTests {
  struct Row: Decodable, Sendable {
    var subjects: [String]
    var times, values, cuts, logLikelihoods: [Double]

    var series: TimeSeries {
      get throws { try TimeSeries(subjects: subjects, times: times, values: values) }
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("cut-points", in: .module) }

  @Test("is the model written out in columns")
  func equalsColumns() throws {
    let row = try Self.reference.get().rows[0]
    let piecewise = try PiecewiseLinearModel(row.series, cut: 84)
    let expected = try LinearMixedModelTests.row("piecewise, three effects reml")
    for (ours, theirs) in zip(piecewise.model.coefficients, expected.coefficients) {
      #expect(ours.agrees(with: theirs, within: 1e-5))
    }
    let late = try piecewise.lateSlope()
    #expect(late.degreesOfFreedom.agrees(with: expected.degreesOfFreedom[2], within: 1e-4))
    #expect(late.standardError.agrees(with: expected.standardErrors[2], within: 1e-5))
    let early = try piecewise.earlySlope()
    let change = try piecewise.slopeChange()
    #expect(change.estimate.agrees(with: late.estimate - early.estimate, within: 1e-12))
    #expect(piecewise.omissions.isEmpty && piecewise.randomEffects == .interceptAndSlopes)
    let common = try PiecewiseLinearModel(
      row.series, cut: 84, randomEffects: .interceptAndCommonSlope)
    let two = try LinearMixedModelTests.row("piecewise, two effects reml")
    #expect(common.model.logLikelihood.agrees(with: two.logLikelihood, within: 1e-8))
  }

  @Test("falls back on fewer random effects, and says so")
  func fallsBack() throws {
    // Two scans a patient: no slope of a patient can be told from error.
    let days = [0.0, 84, 0, 168, 84, 168, 0, 84, 0, 168, 84, 168, 0, 84, 0, 168]
    let values = [4, 3.6, 4.4, 4.1, 3.9, 3.7, 3.5, 3.3, 4.2, 3.6, 4.0, 3.9, 4.6, 4.0, 3.8, 3.9]
    let series = try TimeSeries(subjects: (0..<16).map { $0 / 2 }, times: days, values: values)
    let model = try PiecewiseLinearModel(series, cut: 84)
    #expect(model.randomEffects != .interceptAndSlopes)
    let omission = try #require(model.omissions.first)
    #expect(omission.effects == .interceptAndSlopes)
    #expect(
      omission.reason.description
        == "16 observations of 8 subjects cannot tell the variances of 3 random effects and of the"
        + " residuals apart")
    #expect(throws: StatisticsError.noUsableCut([84])) {
      try CutPointProfile(series, cuts: [84])
    }
    // One scan a patient leaves nothing to fall back on.
    let single = try TimeSeries(subjects: Array(0..<16), times: days, values: values)
    #expect(throws: StatisticsError.self) { try PiecewiseLinearModel(single, cut: 84) }
  }

  @Test("refuses cuts without times on both sides", arguments: [-5.0, 0, 168, 200, .nan])
  func refusesCuts(cut: Double) throws {
    let series = try TimeSeries(
      subjects: [1, 1, 1, 2, 2, 2], times: [0, 84, 168, 0, 84, 168], values: [1, 2, 3, 4, 6, 5])
    let error = #expect(throws: StatisticsError.self) {
      try PiecewiseLinearModel(series, cut: cut)
    }
    #expect(
      error?.description == "a cut at \(cut) does not lie between the times 0.0 and 168.0")
    let profile = #expect(throws: StatisticsError.self) {
      try CutPointProfile(series, cuts: [cut])
    }
    #expect(
      profile?.description == "no piecewise model can be fitted with a cut at any of [\(cut)]")
  }

  @Test("refuses series that are none")
  func refusesSeries() throws {
    let short = #expect(throws: StatisticsError.self) {
      try TimeSeries(subjects: [1, 2], times: [0], values: [1, 2])
    }
    #expect(short?.description == "the column time has 1 values for 2 observations")
    #expect(throws: StatisticsError.self) {
      try TimeSeries(subjects: [1], times: [0], values: [.infinity])
    }
    let empty = try TimeSeries(subjects: [Int](), times: [], values: [])
    #expect(throws: StatisticsError.self) { try PiecewiseLinearModel(empty, cut: 1) }
  }

  @Test("the profile over cuts agrees with lme4 and finds the true cut")
  func profile() throws {
    let row = try Self.reference.get().rows[0]
    let profile = try CutPointProfile(row.series, cuts: row.cuts.reversed())
    #expect(profile.points.map(\.cut) == row.cuts && profile.failures.isEmpty)
    for (point, theirs) in zip(profile.points, row.logLikelihoods) {
      #expect((point.deviance / -2).agrees(with: theirs, within: 1e-7), "\(point)")
      #expect(point.deviance / -2 >= theirs - 1e-8)
    }
    #expect(profile.points.allSatisfy { profile.best.deviance <= $0.deviance })
    // The data were made with a cut at 84.
    let (lower, upper) = (try #require(profile.lower), try #require(profile.upper))
    #expect(lower < 84 && 84 < upper && upper - lower < 30)
    #expect(lower < profile.best.cut && profile.best.cut < upper)
    for end in [lower, upper] {
      let model = try PiecewiseLinearModel(row.series, cut: end, criterion: .full).model
      #expect(abs(model.deviance - profile.best.deviance - 3.841459) < 0.05)
    }
    // Candidates far from the best one lead to it all the same.
    for cuts in [[60.0, 75, 100], [70, 90, 130]] {
      let other = try CutPointProfile(row.series, cuts: cuts)
      #expect(abs(other.best.cut - profile.best.cut) < 0.1)
    }
    let narrow = try CutPointProfile(row.series, cuts: [80, 84, 88])
    #expect(narrow.lower == nil || narrow.upper == nil)
  }

  @Test("profiles an even grid of its own")
  func ownGrid() throws {
    let row = try Self.reference.get().rows[0]
    let profile = try CutPointProfile(row.series, randomEffects: .intercept, level: 0.9)
    #expect(profile.points.count + profile.failures.count == 25)
    #expect(throws: StatisticsError.self) { try CutPointProfile(row.series, level: 0) }
  }

  @Test("keeps the names of the random effects")
  func names() {
    #expect(
      PiecewiseLinearModel.RandomEffects.allCases.map(\.rawValue) == [
        "intercept-and-slopes", "intercept-and-common-slope", "intercept",
      ])
    #expect(LikelihoodCriterion.allCases.map(\.rawValue) == ["reml", "ml"])
  }
}
