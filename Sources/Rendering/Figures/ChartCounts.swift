import PluginProtocol

/// Rows of numbers that stand below the x axis, each number at its place on it.
package struct ChartCounts: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var label: String
    package var ink: Ink
    /// One a place.
    package var texts: [String]
  }

  package var title: String
  package var places: [Double]
  package var rows: [Row]

  /// Nothing where the figure has none, or none within the range of the axis.
  init?(
    _ data: FigureData, on axis: ChartAxis, inks: [String: Ink]
  ) throws(FigureProblem) {
    guard let counts = data.figure.countsBelow else { return nil }
    for row in counts.rows where row.counts.count != counts.places.count {
      throw .unevenLists(figure: data.figure.name, series: row.label)
    }
    let kept = counts.places.indices.filter {
      counts.places[$0].isFinite && axis.range.contains(counts.places[$0])
    }
    guard !kept.isEmpty, !counts.rows.isEmpty else { return nil }
    title = counts.title.safe
    places = kept.map { counts.places[$0] }
    rows = counts.rows.map { row in
      Row(
        label: row.label.safe, ink: inks[(row.group ?? row.label).safe] ?? .foreground,
        texts: kept.map { "\(row.counts[$0])" })
    }
  }
}
