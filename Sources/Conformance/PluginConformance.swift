import JSON
import Logging
import PluginHost
public import PluginProtocol

/// What every plugin must do, whatever it computes.
///
/// A plugin's own tests call ``check(folder:executableFolder:dataset:)`` and expect that every
/// check passed:
///
/// ```swift
/// @Test func conforms() async {
///   for check in await PluginConformance.check(folder: "Plugins/ResponseRate") {
///     #expect(check.passed, "\(check)")
///   }
/// }
/// ```
public enum PluginConformance {
  /// Puts the plugin in a folder through every check.
  ///
  /// - Parameters:
  ///   - folder: The folder with `plugin.toml` in it.
  ///   - executableFolder: Where the executable is, if not in the folder; by default beside the
  ///     running program, where `swift build` puts it.
  ///   - dataset: A data set for the analyses that read one; they are passed over without it.
  ///   - companions: Folders of plugins that it names: its engine, or what its examples ask for.
  ///   - patience: How long it may take to hear that it should stop; by default far above what it
  ///     takes, because other tests may be using every core.
  ///   - manyRunsLimit: How long many runs may take to show whether they leave memory behind; where
  ///     they would take longer that check is passed over.
  ///   - report: Told of every check as soon as it is made.
  /// - Returns: The checks in the order they were made.
  public static func check(
    folder: String, executableFolder: String? = nil, dataset: RunRequest.DatasetFile? = nil,
    companions: [String] = [], patience: Duration = .seconds(10),
    manyRunsLimit: Duration = .seconds(20),
    report: (@Sendable (ConformanceCheck) -> Void)? = nil
  ) async -> [ConformanceCheck] {
    var examination = Examination(
      folder: folder, executableFolder: executableFolder, dataset: dataset,
      companions: companions, patience: patience,
      manyRunsLimit: manyRunsLimit, report: report)
    await examination.examine()
    return examination.checks
  }
}

/// One plugin under examination.
struct Examination {
  let folder: String
  let executableFolder: String?
  let dataset: RunRequest.DatasetFile?
  let companions: [String]
  let patience: Duration
  let manyRunsLimit: Duration
  let report: (@Sendable (ConformanceCheck) -> Void)?
  private(set) var checks: [ConformanceCheck] = []
  /// Every line the plugin printed.
  var printed: [String] = []
  /// The good request that took longest, and how long.
  var slowest: RunRequest?
  var longest = Duration.zero

  init(
    folder: String, executableFolder: String?, dataset: RunRequest.DatasetFile?,
    companions: [String], patience: Duration, manyRunsLimit: Duration,
    report: (@Sendable (ConformanceCheck) -> Void)?
  ) {
    self.folder = folder
    self.executableFolder = executableFolder
    self.dataset = dataset
    self.companions = companions
    self.patience = patience
    self.manyRunsLimit = manyRunsLimit
    self.report = report
  }

  mutating func note(_ id: String, _ passed: Bool, _ sentence: String) {
    add(ConformanceCheck(id: id, passed: passed, sentence: sentence))
  }

  /// Says of what there was nothing to judge by.
  mutating func skip(_ id: String, _ sentence: String) {
    add(ConformanceCheck(id: id, passed: true, sentence: sentence, isSkipped: true))
  }

  private mutating func add(_ check: ConformanceCheck) {
    checks.append(check)
    report?(check)
  }

  mutating func examine() async {
    guard let (host, plugin) = await open() else { return }
    note("manifest", true, "\(plugin.id) \(plugin.manifest.version) is well declared")
    guard !plugin.isDeclarative else { return await examineDefinition(of: plugin, host) }
    guard await checkHandshake(host, plugin) else { return await host.shutdown() }
    let examples = await checkExamples(host, plugin)
    await checkRefusals(host, plugin, examples)
    await checkShards(host, plugin, examples)
    if let example = examples.first {
      await checkCancel(host, plugin, slowest ?? example)
      await checkDeterminism(host, plugin, example)
      await checkManyRuns(plugin, example)
    }
    checkPrints()
    await checkEnd(host, plugin)
  }

  /// A host with this plugin and generous limits, so that a check and not the host decides.
  func makeHost() -> PluginHost {
    var settings = PluginHostSettings()
    settings.processesPerPlugin = 1
    settings.cancelGrace = patience + .seconds(1)
    settings.dropsBadProgress = false
    // An examination runs under sanitizers, too, which reserve more than any limit allows.
    settings.memoryLimitBytes = nil
    if let executableFolder { settings.executableFolder = executableFolder }
    return PluginHost(
      settings: settings, folders: [folder] + companions,
      log: Logger(label: "conformance") { _ in SwiftLogNoOpLogHandler() })
  }

  private mutating func open() async -> (PluginHost, InstalledPlugin)? {
    let host = makeHost()
    let report = await host.reload(checkingDefinitions: false)
    let problems = report.problems.filter { $0.file.hasPrefix(folder + "/") }
    for problem in problems { note("manifest", false, "\(problem)") }
    let plugins = host.catalog.plugins.filter { !companions.contains($0.folder) }
    guard let plugin = plugins.first, problems.isEmpty else {
      if problems.isEmpty { note("manifest", false, "\(folder) holds no plugin.toml") }
      return nil
    }
    return (host, plugin)
  }

  private mutating func checkHandshake(_ host: PluginHost, _ plugin: InstalledPlugin) async -> Bool
  {
    let outcome = await run(host, plugin, RunRequest(analysis: "no-such-analysis"))
    switch outcome {
    case .failure(.refused):
      note("handshake", true, "greets the host as its manifest declares it")
      note("refusal.analysis", true, "refuses an analysis it does not have")
      return true
    case .failure(let failure):
      note("handshake", false, "\(failure)")
      return false
    case .success:
      note("handshake", true, "greets the host as its manifest declares it")
      note("refusal.analysis", false, "answered for an analysis it does not have")
      return true
    }
  }

  /// Runs a request and keeps what the plugin printed.
  mutating func run(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ request: RunRequest,
    progress: (@Sendable (RunProgress) -> Void)? = nil
  ) async -> Result<PluginAnswer, PluginFailure> {
    do throws(PluginFailure) {
      let answer = try await host.run(request, plugin: plugin.id, progress: progress)
      printed += answer.log
      return .success(answer)
    } catch {
      return .failure(error)
    }
  }
}
