import ClientProtocol
import JSON
import PluginProtocol
import Store

extension Session {
  /// `plan`, `plan FILE` or `plan NAME`.
  func planDocument(
    _ arguments: BuiltInArguments, folder: String?
  ) async throws(CommandFailure) -> ResultDocument {
    guard let word = arguments.words.first else { return try workbench.plansDocument() }
    try arguments.refuseWords(after: 1)
    guard word.text.contains("/") || word.text.hasSuffix(".toml") else {
      return try workbench.planDocument(try workbench.plan(named: word.text, at: word.range))
    }
    let path = try ClientPath.absolute(word.text, folder, at: word.range)
    return try await workbench.registerPlan(path, at: word.range, by: caller)
  }

  /// `plan NAME run [DATASET]`, or nil where the line is another.
  func plannedRun(
    _ arguments: BuiltInArguments, _ line: CommandLine
  ) throws(CommandFailure) -> PreparedRun? {
    let words = arguments.words
    guard arguments.command == .plan, words.count >= 2, words[1].text == "run" else { return nil }
    try arguments.refuseWords(after: 3)
    let plan = try workbench.plan(named: words[0].text, at: words[0].range).request
    guard let analysis = workbench.commands.analysis(plan.analysis) else {
      throw CommandFailure(
        .pluginFailed, "the plan \(plan.name) is of \(plan.analysis), which no plugin offers",
        at: words[0].range)
    }
    var dataset = plan.dataset
    if analysis.declaration.data != .none { dataset = dataset ?? defaults.dataset }
    if words.count == 3 { dataset = try workbench.shelf.named(words[2]).name }
    var resolver = makeResolver(analysis.declaration)
    let call = try resolver.resolve(
      parameters: [:], dataset: dataset, seed: nil, fresh: nil, plan: .string(plan.name))
    return try workbench.prepare(call, of: analysis, command: line.source, by: caller)
  }

  func makeResolver(_ analysis: AnalysisDeclaration) -> CallResolver {
    CallResolver(analysis, datasetNames: workbench.shelf.names) {
      [workbench] name throws(CommandFailure) in try workbench.plan(named: name)
    }
  }
}
