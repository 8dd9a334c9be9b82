import ClientProtocol
import PluginProtocol

// What goes wrong between a line and the run it asks for, one sentence each.
extension CommandFailure {
  static func unknownCommand(_ name: CommandLine.Token, nearest: String?) -> Self {
    Self(
      .unknownCommand, "there is no command \"\(name.text)\"", at: name.range,
      expected: "a command; help lists them", nearest: nearest)
  }

  static func unknownAnalysis(_ name: String, nearest: String?) -> Self {
    Self(
      .unknownCommand, "there is no analysis \"\(name)\"", expected: "an analysis of a plugin",
      nearest: nearest)
  }

  static func unknownDataset(
    _ name: String, at range: Range<Int>? = nil, expected: String? = nil, nearest: String?
  ) -> Self {
    Self(
      .unknownDataset, "there is no data set \"\(name)\"", at: range,
      expected: expected ?? "a data set; datasets lists them", nearest: nearest)
  }

  static func unknownRun(_ text: String, at range: Range<Int>? = nil) -> Self {
    Self(
      .unknownRun, "there is no run \(text)", at: range,
      expected: "the number of a run; runs lists them")
  }

  static func unknownParameter(
    _ key: String, of command: String, at range: Range<Int>? = nil, among names: [String]
  ) -> Self {
    Self(
      .unknownParameter, "\(command) has no parameter \"\(key)\"", at: range, parameter: key,
      expected: names.isEmpty ? "no parameters" : "one of " + names.joined(separator: ", "),
      nearest: names.nearest(to: key))
  }

  static func impossible(
    _ problem: ParameterProblem, at range: Range<Int>? = nil, choices: [String] = []
  ) -> Self {
    Self(
      .invalidParameter, "\(problem.parameter) cannot be \(problem.value.commandToken)", at: range,
      parameter: problem.parameter, expected: problem.expected,
      nearest: choices.nearest(to: problem.value))
  }

  static func missing(
    _ parameter: ParameterDeclaration, of command: String, at range: Range<Int>? = nil
  ) -> Self {
    Self(
      .missingParameter, "\(command) needs \(parameter.name)=", at: range,
      parameter: parameter.name, expected: parameter.expectation)
  }

  static func missingDataset(of command: String, at range: Range<Int>? = nil) -> Self {
    Self(
      .missingParameter, "\(command) needs a data set", at: range, parameter: "dataset",
      expected: "the name of a data set, or use NAME before it")
  }

  static func usage(
    _ message: String, at range: Range<Int>? = nil, expected: String, nearest: String? = nil
  ) -> Self {
    Self(.usage, message, at: range, expected: expected, nearest: nearest)
  }

  static func givenTwice(
    _ parameter: String, _ earlier: String, _ later: String, at range: Range<Int>?
  ) -> Self {
    Self(
      .syntax, "\(parameter) is given twice (\(earlier) and \(later))", at: range,
      parameter: parameter)
  }

  static let stopping = Self(.stopping, "doubletd is stopping; no new runs are taken")
}

extension [CommandFailure] {
  /// One failure for all: the first by place, with every sentence among its problems.
  var combined: CommandFailure? {
    let inOrder = enumerated().sorted {
      ($0.element.range?.lowerBound ?? 0, $0.offset)
        < ($1.element.range?.lowerBound ?? 0, $1.offset)
    }.map(\.element)
    guard var first = inOrder.first else { return nil }
    if inOrder.count > 1 { first.problems = inOrder.map(\.sentence) }
    return first
  }
}

extension CommandFailure {
  /// The message with what was expected, as one problem among several.
  var sentence: String { expected.map { "\(message): expected \($0)" } ?? message }
}
