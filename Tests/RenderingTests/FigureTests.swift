import JSON
import PluginProtocol
import Testing

@testable import Rendering

struct FigureTests {
  typealias Figure = ResultDocument.Figure

  static func make(
    _ kind: Figure.Kind, _ series: [ResultDocument.Series], x: ResultDocument.Axis? = nil,
    y: ResultDocument.Axis? = nil, references: [ResultDocument.ReferenceLine] = []
  ) -> Figure {
    Figure(
      name: "f", kind: kind, title: "T",
      axes: [x ?? .init(name: "x", label: "X"), y ?? .init(name: "y", label: "Y")], series: series,
      references: references)
  }

  static let bars = make(
    .waterfall,
    [
      .init(name: "PR", label: "PR", x: ["a", "b"], y: [-40, -60]),
      .init(name: "PD", label: "PD", x: ["c", "d"], y: [50, .null]),
    ], references: [.init(axis: "y", value: -30, label: "-30 %")])

  @Test func `a waterfall runs from growth to shrinkage and leaves out who has no value`() throws {
    let chart = try Chart(Self.bars)
    #expect(chart.x.ticks.map(\.label) == ["c", "a", "b"])
    #expect(chart.key.map(\.label) == ["PR (2)", "PD (1)"])
    #expect(chart.key.map(\.ink) == [.blue, .vermilion])
    #expect(chart.rules == [.init(isVertical: false, value: -30, label: "-30 %")])
  }

  @Test func `a waterfall on a terminal without colors`() throws {
    let lines = Self.bars.lines(TextStyle(width: 40))
    #expect(lines.contains("█ PR (2)  ░ PD (1)"))
    #expect(lines.contains { $0.hasSuffix("-30 %") })
    #expect(!lines.joined().contains("\u{1B}"))
    #expect(lines.allSatisfy { $0.columns <= 40 })
  }

  /// Points on the edge push the names of the quadrants inwards, not out.
  @Test func `quadrants keep their names where points are in the corners`() throws {
    var scatter = Self.make(
      .scatter,
      [.init(name: "a", label: "a", x: [-9, -8, 8, 9, 1], y: [-9, 9, -9, 9, 1], style: .points)])
    let names = ["north west", "north east", "south west", "south east"]
    scatter.quadrants = names
    let lines = scatter.lines(TextStyle(width: 60))
    for name in names {
      #expect(lines.contains { $0.contains(name) }, "\(name)\n\(lines.joined(separator: "\n"))")
    }
  }

  @Test("colors are escape sequences, and nothing else differs", arguments: [24, 60, 120])
  func colors(width: Int) throws {
    let curve = Self.make(
      .curve, [.init(name: "a", label: "a", x: [0, 1, 2], y: [1, 4, 2], style: .line)])
    let colored = curve.lines(TextStyle(width: width, color: .ansi)).joined(separator: "\n")
    let plain = curve.lines(TextStyle(width: width)).joined(separator: "\n")
    #expect(colored.contains("\u{1B}[38;5;32m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test(
    "a figure that cannot be drawn is a sentence",
    arguments: [
      (
        make("pie", [.init(name: "a", label: "a", x: [1], y: [1])]),
        "The figure f is of kind \"pie\", and only waterfall, spider, swimmer, scatter, box, curve,"
          + " forest are drawn."
      ),
      (
        make(.curve, [.init(name: "a", label: "a", x: [1, 2], y: [1])]),
        "The lists of the series \"a\" in the figure f differ in length."
      ),
      (
        make(.curve, [.init(name: "a", label: "a", x: [1], y: [1], labels: [])]),
        "The lists of the series \"a\" in the figure f differ in length."
      ),
      (
        make(.curve, [.init(name: "a", label: "a", x: [.null], y: ["NaN"])]),
        "The figure f has no point that can be shown."
      ),
      (
        make(
          .curve, [.init(name: "a", label: "a", x: [1], y: [0])],
          y: .init(name: "y", label: "p", scale: .logarithmic)),
        "The figure f has values at or below 0 on its logarithmic axis y."
      ),
      (
        make(
          .scatter,
          [
            .init(
              name: "a", label: "a", x: Array(repeating: 1, count: 100_001),
              y: Array(repeating: 1, count: 100_001))
          ]), "The figure f has 100001 points, and at most 100000 are drawn."
      ),
    ])
  func refusals(figure: Figure, sentence: String) {
    #expect(figure.lines(TextStyle()) == [sentence])
  }

  @Test(
    "numbers of any size are drawn without a trap",
    arguments: [
      [1e-300, 1e150], [-1e150, 1e150], [1, 1e308], [-1e-150, 1e-150], [3, 3 + 4e-16], [5, 5],
      [0, 0], [1e17, 1e17 + 16], [-0.0, 0],
    ] as [[Double]])
  func extremes(values: [Double]) throws {
    let numbers = values.map { JSONValue($0) }
    for kind in [Figure.Kind.curve, .scatter, .spider] {
      let figure = Self.make(kind, [.init(name: "a", label: "a", x: numbers, y: numbers)])
      #expect(figure.lines(TextStyle(width: 50)).count > 3)
      let script = GnuplotScript(Page(try Chart(figure)), .svg).text
      #expect(script.contains("plot "))
    }
  }

  @Test func `texts reach gnuplot without a byte it could obey`() {
    let nasty = "`id` $(id) @x \"'\\ {a}_^%\n1é"
    let literal = GnuplotScript.literal(nasty)
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \\01234567".utf8)
    #expect(Set(literal.dropFirst().dropLast().utf8).isSubset(of: allowed))
    #expect(GnuplotScript.literal("(12)") == "\"\\050\\061\\062\\051\"")
  }

  @Test func `axes end at round numbers`() {
    #expect(Scales.linearTicks(-100...50) == [-100, -80, -60, -40, -20, 0, 20, 40])
    #expect(Scales.linearTicks(-100...300) == [-100, -50, 0, 50, 100, 150, 200, 250, 300])
    #expect(Scales.linearTicks(0...1) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
    #expect(Scales.logarithmicRange(0.0003, 0.42) == 0.0002...0.5)
    #expect(Scales.logarithmicTicks(0.001...1) == [0.001, 0.01, 0.1, 1])
    #expect(Scales.texts([-0.5, 0]) == ["−0.5", "0.0"])
    let pValues: [Double] = [1, 0.05, 0.001, 0.0001, 1e-5]
    #expect(pValues.map(Scales.pValue) == ["1", "0.05", "0.001", "0.0001", "1e-5"])
  }

  @Test func `a box has quartiles of type 7, as ggplot2 draws them`() throws {
    // R: quantile(c(1, 2, 3, 4, 5, 9), type = 7); 9 is beyond 4.75 + 1.5 * 2.5. R's own boxplot has hinges.
    let summary = try #require(BoxSummary([1, 2, 3, 4, 5, 9]))
    #expect(summary.lower == 2.25)
    #expect(summary.median == 3.5)
    #expect(summary.upper == 4.75)
    #expect(summary.whiskers == 1...5)
    #expect(BoxSummary([]) == nil)
    #expect(BoxSummary([7])?.whiskers == 7...7)
  }

  @Test func `a spider without groups has one color and no key`() throws {
    let lines = (0..<20).map { index in
      ResultDocument.Series(name: "\(index)", label: "P\(index)", x: [0, 1], y: [0, 2])
    }
    let chart = try Chart(Self.make(.spider, lines))
    #expect(chart.key.isEmpty && chart.sideLabels.isEmpty)
    #expect(
      try Chart(Self.make(.spider, Array(lines.prefix(3)))).sideLabels.map(\.ink) == [
        .blue, .blue, .blue,
      ])
  }

  @Test func `boxes stand on their categories, side by side only where groups share one`() throws {
    func series(_ name: String, _ category: String) -> ResultDocument.Series {
      .init(name: name, label: name, x: [.string(category), .string(category)], y: [1, 2])
    }
    func centers(_ series: [ResultDocument.Series]) throws -> [Double] {
      try Chart(Self.make(.box, series)).marks.compactMap { mark in
        guard case .line(let points, _, .heavy, _) = mark else { return nil }
        return (points[0].x + points[1].x) / 2
      }
    }
    #expect(try centers([series("a", "w1"), series("b", "w2")]) == [0, 1])
    let shared = try centers([series("a", "w1"), series("b", "w1")])
    #expect(shared.count == 2 && shared[0] < 0 && shared[1] > 0)
  }

  @Test func `names at the edge are pushed apart and stay inside`() {
    #expect(Spread.apart([10, 11, 12], by: 5, within: 0...20) == [10, 15, 20])
    #expect(Spread.apart([19, 20], by: 5, within: 0...20) == [15, 20])
    #expect(Spread.apart([0, 0, 0], by: 50, within: 0...20) == [0, 10, 20])
    #expect(Spread.apart([3], by: 5, within: 0...20) == [3])
  }

  @Test func `a best overall response has its color in every figure`() {
    #expect(Ink.inks(of: ["PD", "x", "CR"]) == ["PD": .vermilion, "x": .blue, "CR": .green])
    let many = Ink.inks(of: (0..<20).map { "g\($0)" })
    #expect(Set(many.values).count == Ink.count)
  }

  @Test func `a result names its figures, and plot draws them`() {
    var document = ResultDocument(analysis: "echo", title: "Echo")
    document.figures = [Self.bars]
    document.run = .init(id: "7", stored: false, durationSeconds: nil)
    #expect(document.text().contains("Figure: f (plot 7 NAME draws one)\n"))
    document.analysis = ResultDocument.plotCommand
    #expect(document.text().contains("█ PR (2)  ░ PD (1)\n"))
  }
}
