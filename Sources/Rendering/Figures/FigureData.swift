import JSON
import PluginProtocol

/// The points of a figure, checked, with every text safe to show.
struct FigureData {
  static let maximumPoints = 100_000

  struct Point {
    let x: Double?
    let y: Double?
    let xName: String?
    let yName: String?
    let lower: Double?
    let upper: Double?
    let label: String?
    let size: Double?
  }

  struct Series {
    let name: String
    let label: String
    /// What is told apart: the group, or the series itself.
    let group: String
    let style: ResultDocument.Series.Style?
    let points: [Point]
  }

  let figure: ResultDocument.Figure
  let series: [Series]

  init(_ figure: ResultDocument.Figure) throws(FigureProblem) {
    self.figure = figure
    let count = figure.series.reduce(0) { $0 + max($1.x.count, $1.y.count) }
    guard count <= Self.maximumPoints else {
      throw .tooManyPoints(figure: figure.name, count: count)
    }
    var series: [Series] = []
    for one in figure.series {
      guard Self.isEven(one) else { throw .unevenLists(figure: figure.name, series: one.name) }
      series.append(Self.read(one))
    }
    self.series = series
  }

  private static func isEven(_ series: ResultDocument.Series) -> Bool {
    let lists: [Int?] = [
      series.y.count, series.lower?.count, series.upper?.count, series.labels?.count,
      series.sizes?.count,
    ]
    return lists.allSatisfy { $0 == nil || $0 == series.x.count }
  }

  private static func read(_ series: ResultDocument.Series) -> Series {
    Series(
      name: series.name, label: series.label.safe,
      group: (series.group ?? series.label).safe, style: series.style,
      points: series.x.indices.map { index in
        Point(
          x: series.x[index].finite, y: series.y[index].finite,
          xName: series.x[index].string?.safe, yName: series.y[index].string?.safe,
          lower: series.lower?[index].finite, upper: series.upper?[index].finite,
          label: series.labels?[index].safe, size: series.sizes?[index].finite)
      })
  }

  func axis(_ name: String) -> ResultDocument.Axis {
    figure.axes.first { $0.name == name } ?? ResultDocument.Axis(name: name, label: name)
  }

  func references(_ axis: String) -> [ResultDocument.ReferenceLine] {
    figure.references.filter { $0.axis == axis && $0.value.isFinite }
  }

  /// The groups in the order they are first named.
  var groups: [String] {
    var seen = Set<String>()
    return series.map(\.group).filter { seen.insert($0).inserted }
  }

  /// The categories of an axis in the order they are first named.
  func names(_ name: KeyPath<Point, String?>) -> [String] {
    var seen = Set<String>()
    return series.flatMap(\.points).compactMap { $0[keyPath: name] }
      .filter { seen.insert($0).inserted }
  }
}

extension JSONValue {
  /// A number with room around it: differences and squares of these stay finite.
  fileprivate var finite: Double? { number.flatMap { abs($0) <= 1e150 ? $0 : nil } }
}
