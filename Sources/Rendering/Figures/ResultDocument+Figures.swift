package import PluginProtocol

extension ResultDocument {
  /// The name of the command whose answer is a picture.
  package static let plotCommand = "plot"

  /// The figures for a terminal, one block of lines each; why one cannot be drawn, in its place.
  func figureSections(_ style: TextStyle) -> [[String]] {
    guard !figures.isEmpty else { return [] }
    if analysis == Self.plotCommand { return figures.map { $0.lines(style) } }
    let names = figures.map(\.name.safe).joined(separator: ", ")
    let command = run.map { "plot \($0.id.safe) NAME" } ?? "plot RUN NAME"
    return [
      "Figure\(figures.count == 1 ? "" : "s"): \(names) (\(command) draws one)"
        .wrapped(to: style.width)
    ]
  }
}

extension ResultDocument.Figure {
  /// The figure for a terminal.
  package func lines(_ style: TextStyle) -> [String] {
    do {
      return ChartDrawing(try Chart(self), style).lines
    } catch {
      return ["\(error)".capitalizedFirst + "."]
    }
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
