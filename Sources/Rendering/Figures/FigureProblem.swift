import PluginProtocol

/// Why a figure cannot be drawn as its plugin declared it.
package enum FigureProblem: Error, Hashable, CustomStringConvertible {
  case unknownKind(figure: String, kind: String)
  case unevenLists(figure: String, series: String)
  case nothingToShow(figure: String)
  case tooManyPoints(figure: String, count: Int)
  case notPositive(figure: String, axis: String)

  package var description: String {
    switch self {
    case .unknownKind(let figure, let kind):
      let known = ResultDocument.Figure.Kind.known.map(\.rawValue).joined(separator: ", ")
      return "the figure \(figure.safe) is of kind \"\(kind.safe)\", and only \(known) are drawn"
    case .unevenLists(let figure, let series):
      return
        "the lists of the series \"\(series.safe)\" in the figure \(figure.safe) differ in length"
    case .nothingToShow(let figure):
      return "the figure \(figure.safe) has no point that can be shown"
    case .tooManyPoints(let figure, let count):
      return "the figure \(figure.safe) has \(count) points, and at most"
        + " \(FigureData.maximumPoints) are drawn"
    case .notPositive(let figure, let axis):
      return "the figure \(figure.safe) has values at or below 0 on its logarithmic axis"
        + " \(axis.safe)"
    }
  }
}
