import JSON
import PluginProtocol
import Testing

@testable import Rendering

struct CurveCountsTests {
  private static func figure(
    counts: [[Int]] = [[12, 7, 3], [120, 80, 55]], places: [Double] = [0, 5, 10]
  ) -> ResultDocument.Figure {
    ResultDocument.Figure(
      name: "km", kind: .curve, title: "T",
      axes: [
        .init(name: "x", label: "Time", minimum: 0),
        .init(name: "y", label: "Free", format: .percent, minimum: 0, maximum: 1),
      ],
      series: [
        .init(
          name: "a", label: "first", x: [0, 4, 12], y: [1, 0.6, 0.6], lower: [1, 0.4, 0.4],
          upper: [1, 0.8, 0.8], style: .steps),
        .init(name: "b", label: "second", x: [0, 6, 11], y: [1, 0.5, 0.2], style: .steps),
      ],
      countsBelow: .init(
        title: "At risk", places: places,
        rows: zip(["first", "second"], counts).map { .init(label: $0, counts: $1) }))
  }

  @Test func `the axis is marked where the numbers stand`() throws {
    let chart = try Chart(Self.figure())
    #expect(chart.x.ticks == [0, 5, 10].map { .init(value: $0, label: "\(Int($0))") })
    #expect(chart.counts?.rows.map(\.texts) == [["12", "7", "3"], ["120", "80", "55"]])
    #expect(chart.counts?.rows.map(\.ink) == [.blue, .orange])
  }

  @Test func `limits hold until the curve comes down to 0, where there are none`() throws {
    let figure = ResultDocument.Figure(
      name: "km", kind: .curve, title: "T",
      axes: [
        .init(name: "x", label: "Time", minimum: 0),
        .init(name: "y", label: "Free", format: .percent, minimum: 0, maximum: 1),
      ],
      series: [
        .init(
          name: "a", label: "a", x: [0, 4, 9, 12], y: [1, 0.5, 0, 0],
          lower: [1, 0.2, .null, .null],
          upper: [1, 0.8, .null, .null], style: .steps)
      ])
    let bands = try Chart(figure).marks.compactMap { mark -> [[Double]]? in
      guard case .band(let lower, let upper, _) = mark else { return nil }
      return (lower + upper).map { [$0.x, $0.y] }
    }
    #expect(
      bands == [
        [[0, 1], [4, 1], [4, 0.2], [9, 0.2], [0, 1], [4, 1], [4, 0.8], [9, 0.8]]
      ])
  }

  @Test func `on a page each number is right below its mark`() throws {
    let chart = try Chart(Self.figure())
    let page = Page(chart)
    for (tick, text) in zip(chart.x.ticks, ["120", "80", "55"]) {
      let mark = try #require(page.texts.first { $0.text == tick.label && $0.anchor == .middle })
      let number = try #require(page.texts.first { $0.text == text && $0.anchor == .middle })
      #expect(mark.place.x == number.place.x)
      #expect(number.place.y > mark.place.y)
    }
    let names = page.texts.filter { ["first", "second"].contains($0.text) && $0.anchor == .end }
    let numbers = page.texts.filter { ["12", "120"].contains($0.text) }
    #expect(names.count == 2)
    #expect(names.allSatisfy { name in numbers.allSatisfy { !$0.area.intersects(name.area) } })
    #expect(names.allSatisfy { $0.area.x >= 0 })
  }

  @Test func `on a terminal every one of a few curves that end together has its name`() throws {
    let names = (1...6).map { "curve \($0)" }
    let figure = ResultDocument.Figure(
      name: "km", kind: .curve, title: "T",
      axes: [
        .init(name: "x", label: "Time", minimum: 0),
        .init(name: "y", label: "Free", format: .percent, minimum: 0, maximum: 1),
      ],
      series: names.enumerated().map { index, name in
        .init(
          name: name, label: name, x: [0, .number(Double(index + 3))], y: [1, 0], style: .steps)
      })
    let text = figure.lines(TextStyle(width: 70)).joined(separator: "\n")
    for name in names { #expect(text.contains(name), "\(text)") }
    // The two that are farthest from their ends point at them.
    #expect(text.contains("↓ curve 5") && text.contains("↓ curve 6"), "\(text)")
    #expect(!text.contains("↓ curve 4"), "\(text)")
  }

  @Test func `on a terminal they are below the axis too`() throws {
    let lines = Self.figure().lines(TextStyle(width: 50))
    let start = try #require(lines.firstIndex(of: "At risk"))
    #expect(
      Array(lines[(start + 1)...]) == [
        " first 12            7             3", "second 120          80            55",
      ])
    let axis = lines[start - 2]
    #expect(axis == "       0             5            10")
  }

  @Test func `places off the axis are left out`() throws {
    let chart = try Chart(Self.figure(places: [0, 5, 400]))
    #expect(chart.counts?.places == [0, 5])
    #expect(chart.counts?.rows.map(\.texts) == [["12", "7"], ["120", "80"]])
  }

  @Test func `a row that does not fit its places is refused`() throws {
    #expect(throws: FigureProblem.unevenLists(figure: "km", series: "second")) {
      try Chart(Self.figure(counts: [[1, 2, 3], [1, 2]]))
    }
  }

  @Test func `limits of steps are a band`() throws {
    let chart = try Chart(Self.figure())
    let bands = chart.marks.compactMap { mark -> [Chart.Point]? in
      if case .band(let lower, _, _) = mark { lower } else { nil }
    }
    #expect(bands == [[.init(0, 1), .init(4, 1), .init(4, 0.4), .init(12, 0.4), .init(12, 0.4)]])
    let script = GnuplotScript(Page(chart), .svg).text
    #expect(
      script.contains(
        "with filledcurves closed fs transparent solid 0.15 noborder lc rgb \"#0072B2\""))
  }
}
