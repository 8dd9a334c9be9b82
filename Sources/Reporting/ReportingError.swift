package import Rendering

/// Why a picture or a report was not made.
package enum ReportingError: Error, Hashable, CustomStringConvertible {
  case noGnuplot
  case gnuplotFailed(reason: String)
  case gnuplotTooSlow(seconds: Int)
  case figure(FigureProblem)
  case template(reason: String)

  package var description: String {
    switch self {
    case .noGnuplot:
      "gnuplot is not installed, and figures are drawn into files with it (on Debian, apt-get"
        + " install gnuplot-nox); everything else works without it"
    case .gnuplotFailed(let reason): "gnuplot could not draw the figure: \(reason)"
    case .gnuplotTooSlow(let seconds):
      "gnuplot did not finish the figure within \(seconds) s and was ended"
    case .figure(let problem): problem.description
    case .template(let reason): "the report's template is broken: \(reason)"
    }
  }
}
