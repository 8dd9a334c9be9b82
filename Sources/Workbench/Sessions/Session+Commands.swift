import ClientProtocol
import JSON
import PluginProtocol
import Store

extension Session {
  /// Carries out one line and answers a result document.
  func carryOut(
    _ line: CommandLine, folder: String?, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    let commands = workbench.commands
    guard let name = line.name else { return Array("null".utf8) }
    switch try commands.command(name) {
    case .analysis(let analysis):
      return try await answer(try prepared(analysis, line), progress)
    case .builtIn(let command):
      let arguments = try command == .set ? nil : BuiltInArguments(command, line)
      guard let arguments else { return try Self.bytes(try set(line, commands)) }
      if command == .show { return try workbench.result(of: try run(arguments).id) }
      if let run = try plannedRun(arguments, line) { return try await answer(run, progress) }
      return try Self.bytes(try await document(arguments, line, folder: folder, progress))
    }
  }

  func prepared(
    _ analysis: CommandTable.Analysis, _ line: CommandLine
  ) throws(CommandFailure) -> PreparedRun {
    var resolver = makeResolver(analysis.declaration)
    let call = try resolver.resolve(line, defaults: defaults)
    return try workbench.prepare(call, of: analysis, command: line.source, by: caller)
  }

  /// Runs, or answers from the store; a run ends with the task that waits for it.
  func answer(
    _ run: PreparedRun, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    switch try await workbench.begin(run) {
    case .stored(let id, let answer):
      changeDefaults { $0.lastRun = id }
      return answer
    case .underWay(let active):
      let leave = progress.map(active.listen)
      defer { leave?() }
      let answer = try await active.answer().get()
      changeDefaults { $0.lastRun = active.id }
      return answer
    }
  }

  private func document(
    _ arguments: BuiltInArguments, _ line: CommandLine, folder: String?,
    _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    switch arguments.command {
    case .import:
      let request = try ImportRequest(arguments, folder: folder)
      return .imported(try await workbench.shelf.add(request, by: caller))
    case .export:
      let dataset = try exportedDataset(arguments)
      let request = try ExportRequest(arguments, folder: folder)
      return .exported(dataset, try await workbench.shelf.export(dataset, request, by: caller))
    case .datasets:
      try arguments.refuseWords()
      return .datasets(try workbench.shelf.all())
    case .describe:
      let dataset = try dataset(arguments)
      return try await workbench.shelf.describe(dataset)
    case .use:
      let dataset = try dataset(arguments)
      changeDefaults { $0.dataset = dataset.name }
      return .used(dataset)
    case .drop:
      let dataset = try dataset(arguments)
      try await workbench.shelf.drop(try arguments.onlyWord("the name of a data set"), by: caller)
      return .dropped(dataset)
    case .plan:
      return try await planDocument(arguments, folder: folder)
    case .plot:
      return try await workbench.plot(
        try PlotRequest(arguments, folder: folder, last: defaults.lastRun))
    case .report:
      return try await workbench.report(
        try ReportRequest(arguments, folder: folder, last: defaults.lastRun))
    case .runs, .show, .rerun, .cancel, .audit:
      return try await runDocument(arguments, line, progress)
    case .help, .plugins, .selfcheck, .set, .status:
      return try await sessionDocument(arguments, folder: folder, progress)
    }
  }

  private func runDocument(
    _ arguments: BuiltInArguments, _ line: CommandLine, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    switch arguments.command {
    case .rerun:
      let (id, range) = try run(arguments)
      let earlier = try workbench.finishedRun(id, at: range)
      let run = try workbench.prepareAgain(earlier, command: line.source, by: caller)
      let answer = try await answer(run, progress)
      return try workbench.comparison(of: earlier, with: answer)
    case .cancel:
      let (id, range) = try run(arguments)
      try workbench.cancel(id, by: caller, at: range)
      return .cancelled(id)
    case .audit:
      let isVerifying = try arguments.optionalWord(["verify"]) != nil
      return try await isVerifying
        ? workbench.auditVerdict() : workbench.auditTrail(limit: Self.limit(arguments))
    default:
      try arguments.refuseWords()
      return try workbench.latestRuns(limit: Self.limit(arguments))
    }
  }

  private func sessionDocument(
    _ arguments: BuiltInArguments, folder: String?, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    switch arguments.command {
    case .help:
      guard let topic = arguments.words.first else { return .help(workbench.commands) }
      try arguments.refuseWords(after: 1)
      return .help(try workbench.commands.command(topic))
    case .plugins:
      return try await pluginsDocument(arguments, folder: folder, progress)
    case .selfcheck:
      return try await workbench.selfCheck(arguments.words, by: caller, progress)
    default:
      try arguments.refuseWords()
      return try workbench.statusDocument()
    }
  }

  /// The data set a line names, or the session's.
  private func exportedDataset(
    _ arguments: BuiltInArguments
  ) throws(CommandFailure) -> DatasetRecord {
    try arguments.refuseWords(after: 1)
    if let word = arguments.words.first { return try workbench.shelf.named(word) }
    guard let name = defaults.dataset, let dataset = try workbench.shelf.find(name) else {
      throw .missingDataset(of: arguments.command.rawValue, at: arguments.nameRange)
    }
    return dataset
  }

  private func dataset(_ arguments: BuiltInArguments) throws(CommandFailure) -> DatasetRecord {
    try workbench.shelf.named(try arguments.onlyWord("the name of a data set"))
  }

  private func run(
    _ arguments: BuiltInArguments
  ) throws(CommandFailure) -> (id: RunID, range: Range<Int>) {
    let word = try arguments.onlyWord("the number of a run")
    guard let id = RunID(word.text) else { throw .unknownRun(word.text, at: word.range) }
    return (id, word.range)
  }

  private static func limit(_ arguments: BuiltInArguments) -> Int {
    Int(arguments["limit"]?.integer ?? 20)
  }
}
