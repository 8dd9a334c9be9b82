package import PluginProtocol

/// A figure in the space of its data: what is drawn where, before there is a page or a screen.
package struct Chart {
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  package enum Weight: Double, Hashable, Sendable {
    case thin = 1
    case normal = 1.75
    case heavy = 2.5
  }

  package enum Mark {
    case bar(x: ClosedRange<Double>, y: ClosedRange<Double>, Ink)
    case line([Point], Ink, Weight, isDashed: Bool)
    /// What lies between two paths over the same stretch of the x axis.
    case band(lower: [Point], upper: [Point], Ink)
    /// A point; `size` is 1 for an ordinary one.
    case point(Point, Symbol, Ink, size: Double, label: String?)
    /// A short text on the outer side of the end of a bar.
    case barLabel(Point, String, isBelow: Bool)
  }

  /// A line at one value of an axis, named at its end.
  package struct Rule: Hashable, Sendable {
    package var isVertical: Bool
    package var value: Double
    package var label: String
  }

  /// What a color and a shape stand for.
  package struct KeyEntry: Hashable, Sendable {
    package var label: String
    package var ink: Ink
    package var symbol: Symbol
  }

  /// A name at the right edge, level with a value of the y axis.
  package struct SideLabel: Hashable, Sendable {
    package var y: Double
    package var text: String
    package var ink: Ink
  }

  package var title: String
  package var caption: String?
  package var x: ChartAxis
  package var y: ChartAxis
  package var marks: [Mark] = []
  package var rules: [Rule] = []
  package var key: [KeyEntry] = []
  package var sideLabels: [SideLabel] = []
  /// What the corners say: upper left, upper right, lower left, lower right.
  package var corners: [String] = []
  /// Whether bars step back behind the marks on them.
  package var hasPaleBars = false
  /// What stands below the x axis.
  package var counts: ChartCounts?
}

extension Chart {
  /// Lays out a figure in its own space.
  package init(_ figure: ResultDocument.Figure) throws(FigureProblem) {
    let data = try FigureData(figure)
    switch figure.kind {
    case .waterfall: try self.init(waterfall: data)
    case .spider: try self.init(spider: data)
    case .swimmer: try self.init(swimmer: data)
    case .scatter: try self.init(scatter: data)
    case .box: try self.init(box: data)
    case .curve: try self.init(curve: data)
    case .forest: try self.init(forest: data)
    default: throw .unknownKind(figure: figure.name, kind: figure.kind.rawValue)
    }
  }

  /// The frame every kind fills: title, axes, rules.
  init(_ data: FigureData, x: ChartAxis, y: ChartAxis) {
    let figure = data.figure
    self.init(
      title: figure.title.safe, caption: figure.caption?.safe, x: x, y: y,
      rules: ["x", "y"].flatMap { name in
        data.references(name).map {
          Rule(isVertical: name == "x", value: $0.value, label: $0.label.safe)
        }
      })
    rules.removeAll { !($0.isVertical ? x : y).range.contains($0.value) }
  }

  /// How many names stand on the x axis; 1 where it has numbers.
  var barCount: Int {
    x.isCategorical ? max(Int(x.range.upperBound - x.range.lowerBound + 0.5), 1) : 1
  }

  static func key(_ groups: [String], _ inks: [String: Ink]) -> [KeyEntry] {
    groups.enumerated().map { index, group in
      KeyEntry(label: group, ink: inks[group] ?? .foreground, symbol: .of(index))
    }
  }
}
