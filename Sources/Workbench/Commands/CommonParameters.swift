import JSON
import PluginProtocol

/// What may be said of every run, whatever the analysis.
enum CommonParameters {
  static let dataset = ParameterDeclaration(
    name: "dataset", type: .text, help: "The data set to analyze, instead of the session's",
    positional: true)
  static let seed = ParameterDeclaration(
    name: "seed", type: .text, help: "Starts the random numbers: a whole number of 64 bits")
  static let plan = ParameterDeclaration(
    name: "plan", type: .text,
    help: "A registered plan: its parameters count where the line is silent")
  static let fresh = ParameterDeclaration(
    name: "fresh", type: .flag, help: "Compute even if the same run is already stored",
    default: false)

  /// Those that an analysis takes.
  static func of(_ analysis: AnalysisDeclaration) -> [ParameterDeclaration] {
    analysis.data == .none ? [plan, seed, fresh] : [dataset, plan, seed, fresh]
  }

  /// The seed in its one spelling.
  static func seed(_ text: String) throws(ParameterProblem) -> String {
    guard let seed = UInt64(text), !text.hasPrefix("+") else {
      throw ParameterProblem(
        parameter: "seed", value: text, expected: "a whole number from 0 to \(UInt64.max)")
    }
    return String(seed)
  }
}
