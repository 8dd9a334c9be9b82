import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct GrowthFitTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let series, model: String
    let firstDay: Double
    let days, sizes, estimates, errors, pValues: [Double]
    let rss, aic: Double

    var testDescription: String { "\(model) to \(series) from day \(Int(firstDay))" }
  }

  static let table = Result { try ReferenceTable<Row>.load("growth-fits", in: .module) }

  @Test("agrees with R's nls", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let model = try #require(GrowthModel(rawValue: row.model))
    let fit = try #require(
      GrowthFit(model, to: SizeSeries(days: row.days, sizes: row.sizes), firstDay: row.firstDay))
    for (index, estimate) in fit.estimates.enumerated() {
      #expect(estimate.value.agrees(with: row.estimates[index], within: tolerance))
      #expect(estimate.standardError.agrees(with: row.errors[index], within: tolerance))
      #expect(estimate.pValue.agrees(with: row.pValues[index], within: 100 * tolerance))
    }
    #expect(fit.residualSumOfSquares.agrees(with: row.rss, within: tolerance))
    #expect(fit.aic.agrees(with: row.aic, within: tolerance))
  }

  /// Rows 007 to 009 of a reference file, each with its own absolute tolerance; 010 and 011 need
  /// the 68 patients of tumgr's sample data, which are not here.
  @Test(
    "recovers the rates behind series without noise",
    arguments: [
      (
        [0, 42, 84, 126, 168, 210], [80.0, 24.390086, 9.868327, 7.027962, 7.528211, 9.003753],
        GrowthModel.growthAndDecay, ["g": 0.0005, "d": 0.03], 1e-4
      ),
      (
        [0, 42, 84, 126], [80, 52.56374558520454, 34.53684187432638, 22.692322119981633],
        .decay, ["d": 0.01], 1e-6
      ),
      (
        [0, 42, 84, 126], [40, 45.37128673132101, 51.46384149139362, 58.374517715031864],
        .growth, ["g": 0.003], 1e-6
      ),
    ])
  func recovers(
    days: [Double], sizes: [Double], model: GrowthModel, rates: [String: Double],
    tolerance: Double
  ) throws {
    let series = SizeSeries(days: days, sizes: sizes)
    let selected = try #require(GrowthFit.selected(for: series, firstDay: 0))
    #expect(selected.model == model)
    for (name, rate) in rates {
      #expect((try #require(selected[name]) - rate).magnitude < tolerance)
    }
    #expect(selected["phi"] == nil)
  }

  @Test("has the derivatives of its values", arguments: GrowthModel.allCases)
  func gradients(model: GrowthModel) {
    let at = model.parameters.map { $0 == "phi" ? 0.7 : $0 == "g" ? 0.002 : 0.02 }
    for day in [0.0, 30, 200] {
      for index in at.indices {
        var (up, down) = (at, at)
        up[index] += 1e-6
        down[index] -= 1e-6
        let slope = (model.value(up, at: day).value - model.value(down, at: day).value) / 2e-6
        #expect((model.value(at, at: day).gradient[index] - slope).magnitude < 1e-5)
      }
      if day == 0 { #expect(model.value(at, at: 0).value == 1) }
    }
  }

  @Test("selects nothing where every model has a parameter that could be 0")
  func nothing() {
    let series = SizeSeries(days: [0, 40, 80, 120], sizes: [50, 61, 42, 52])
    #expect(GrowthFit.selected(for: series) == nil)
  }

  @Test("needs more measurements than parameters")
  func measurements() {
    // From day 0 every model passes the first measurement, which then says nothing.
    for (model, days, sizes) in [
      (GrowthModel.decay, [0.0, 42], [80.0, 50]), (.growthAndDecay, [0, 42, 84], [80, 50, 55]),
      (.sensitiveFraction, [0, 42, 84, 126], [80, 50, 55, 70]),
    ] {
      let series = SizeSeries(days: days, sizes: sizes)
      #expect(GrowthFit(model, to: series) == nil)
      #expect(GrowthFit(model, to: series, firstDay: 1) != nil)
      #expect(GrowthFit.selected(for: series, firstDay: 0)?.model != model)
    }
    let unsorted = SizeSeries(days: [40, 0, 80], sizes: [30, 50, 20])
    #expect(GrowthFit(.decay, to: unsorted) != nil)
  }

  @Test(
    "excludes what tumgr excludes",
    arguments: [
      ([], .noMeasurement), ([0, 20], .noMeasurement), ([50], .oneEvaluation),
      ([50, 50, 50], .allEqual), ([50, 45], .twoAlike), ([50, 40], nil), ([50, 60], nil),
      ([50, 50, 40], nil),
    ] as [([Double], SizeSeries.Exclusion?)])
  func exclusions(sizes: [Double], expected: SizeSeries.Exclusion?) {
    let series = SizeSeries(days: sizes.indices.map { Double($0) * 42 }, sizes: sizes)
    #expect(series.exclusion == expected)
    if expected != nil { #expect(GrowthFit.selected(for: series) == nil) }
  }
}
