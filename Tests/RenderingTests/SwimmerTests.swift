import JSON
import PluginProtocol
import Testing

@testable import Rendering

struct SwimmerTests {
  private static func chart() throws -> Chart {
    try Chart(
      ResultDocument.Figure(
        name: "s", kind: .swimmer, title: "T",
        axes: [.init(name: "x", label: "X"), .init(name: "y", label: "")],
        series: [
          .init(
            name: "arm", label: "arm", x: [9, 4], y: ["a", "b"], lower: [0, 0], upper: [9, 4],
            labels: ["alive", "progression"], style: .bars),
          .init(name: "PD", label: "PD", x: [4], y: ["b"], style: .points),
          .init(name: "death", label: "death", x: [4], y: ["b"], style: .points),
          .init(name: "on", label: "on", x: [9], y: ["a"], style: .arrows),
        ]))
  }

  @Test func `what ended a lane stands beside it`() throws {
    let labels = try Self.chart().sideLabels
    #expect(labels.map(\.text) == ["alive", "progression"])
    let rows = try Self.chart().y.ticks.map(\.value)
    #expect(labels.map(\.y) == rows)
  }

  @Test func `shapes are those of marks alone, and a death is black`() throws {
    let key = try Self.chart().key
    #expect(key.map(\.symbol) == [.square, .disc, .square, .arrow])
    #expect(key.map(\.ink) == [.blue, .vermilion, .foreground, .foreground])
  }

  @Test func `bars step back behind the marks on them`() throws {
    let page = Page(try Self.chart())
    #expect(page.boxes.allSatisfy { $0.isPale })
    #expect(GnuplotScript(page, .svg).text.contains("boxxyerror fs solid 0.4 noborder"))
  }
}
