import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import RECIST
import Statistics
import Testing
import TrialData

@testable import ResponseRate

struct FigureTests {
  @Test(
    "the points of the control curve are the panel's p-values",
    arguments: [
      ["control": "all"], ["control": "54/243,0.3"], ["control": "61/243", "tipping": "curve"],
      ["control": "nk105", "tipping": "curve"], ["control": "e2100-irf", "tipping": "curve"],
    ])
  func panel(parameters: [String: String]) async throws {
    let document = try await run("15/30", parameters)
    let curve = try #require(document.figures.first { $0.name == "control-curve" })
    let points = try #require(curve.series.first { $0.name == "controls" })
    let table = try #require(document.tables.first { $0.name == "control-sensitivity" })
    let scores = try #require(table.columns.firstIndex { $0.name == "score-mn" })
    let fixed = table.columns.count - 1
    for row in table.rows {
      let label = try #require(row[0].string)
      let index = try #require(points.labels?.firstIndex(of: label))
      #expect(points.x[index].number == row[2].number)
      #expect(points.y[index].number == row[scores].number ?? row[fixed].number)
    }
  }

  @Test func `the lines pass through the tests of single controls`() async throws {
    let document = try await run("15/30", ["control": "61/243", "tipping": "curve"])
    let curve = try #require(document.figures.first { $0.name == "control-curve" })
    let known = try #require(curve.series.first { $0.name == "rate-taken-as-known" })
    for (x, y) in zip(known.x, known.y) {
      let rate = try #require(x.number)
      let single = try await run("15/30", ["control": JSONValue.number(rate).text])
      let test = try #require(single.tests.first { $0.method == "exact-doubled" })
      #expect(y.number == test.pValue)
    }
    let sized = try #require(curve.series.first { $0.name == "control-of-243" })
    for (x, y) in zip(sized.x, sized.y).prefix(10) {
      let responders = Int((try #require(x.number) * 243).rounded())
      let single = try await run("15/30", ["control": "\(responders)/243"])
      let test = try #require(single.tests.first { $0.method == "score-mn" })
      #expect(y.number == test.pValue)
    }
    #expect(curve.references.map(\.label) == ["p = 0.05", "61/243"])
    #expect(
      curve.alternativeText
        == "p runs from 0.00038 against e2100-nejm (21.2 %) to 0.41 against martin (41.5 %).")
  }

  @Test(
    "there is no curve without a panel, unless one is asked for",
    arguments: [[:], ["control": "0.25"], ["control": "61/243"], ["control": "nk105"]])
  func noCurve(parameters: [String: String]) async throws {
    #expect(try await run("15/30", parameters).figures == [])
  }

  @Test func `beside a rate the tipping report draws the one curve`() async throws {
    let document = try await run("15/30", ["control": "0.25", "tipping": "curve"])
    #expect(document.figures.map(\.name) == ["p-by-control-rate"])
  }

  @Test func `the forest shows each group's rate, and all of them last`() async throws {
    let document = try await run(
      ImportedDataset.simulated(), ["by": "dose_level", "control": "61/243"])
    let forest = try #require(document.figures.first { $0.name == "forest" })
    #expect(forest.series.map(\.name) == ["groups", "all"])
    #expect(forest.series[0].y == ["0.25 mg", "1.25 mg", "6.25 mg"])
    #expect(forest.series[0].x == [0.3, 0.5, 0.7])
    #expect(forest.series[1].labels == ["15/30 = 50.0 % (31.3 to 68.7)"])
    #expect(forest.references.map(\.value) == [61.0 / 243])
  }

  @Test func `the waterfall is what the lesions say, patient by patient`() async throws {
    let dataset = try ImportedDataset.simulated()
    let document = try await run(dataset, [:])
    let waterfall = try #require(document.figures.first { $0.name == "waterfall" })
    #expect(waterfall.series.map(\.name) == ["CR", "PR", "SD", "PD"])
    var shown: [String: Double] = [:]
    for series in waterfall.series {
      for (x, y) in zip(series.x, series.y) { shown[try #require(x.string)] = y.number }
    }
    #expect(shown.count == 28)
    // Another way to the same numbers: the measurements of each patient, summed day by day.
    let file = try TrialDataset(path: dataset.file.path)
    let targets = Set(
      try file.lesions().filter { $0.role == .target }.map { "\($0.subject)/\($0.lesion)" })
    let readings = try file.measurements().filter { targets.contains("\($0.subject)/\($0.lesion)") }
    for (subject, change) in shown {
      let own = readings.filter { $0.subject == subject }
      func sum(_ rows: [Measurement]) -> Double {
        rows.reduce(0) { $0 + Double($1.diameter?.tenThousandths ?? 0) }
      }
      let baseline = sum(own.filter { $0.day <= 0 })
      let later = Dictionary(grouping: own.filter { $0.day > 0 }, by: \.day).values
      let count = Set(own.map(\.lesion)).count
      let deepest = later.filter { $0.count == count }.map(sum).min()
      let expected = 100 * (try #require(deepest) - baseline) / baseline
      #expect(abs(change - expected) <= 1e-12 * max(1, abs(expected)), "\(subject)")
    }
    #expect(
      document.notes.contains { $0.code == "figures.missing" && $0.text.contains("28 of 30") })
  }

  @Test func `the spider starts every line at baseline and counts in weeks`() async throws {
    let document = try await run(ImportedDataset.simulated(), [:])
    let spider = try #require(document.figures.first { $0.name == "spider" })
    #expect(spider.series.count == 28)
    for series in spider.series {
      #expect(series.x.first == 0)
      #expect(series.y.first == 0)
      let weeks = series.x.compactMap(\.number)
      #expect(weeks == weeks.sorted())
    }
  }
}
