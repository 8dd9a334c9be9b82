import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// The analysis `backtest`: published combinations predicted from their parts, beside what was
/// seen.
enum Backtest {
  static let analysis = "backtest"

  static func document(
    _ request: RunRequest, _ context: RunContext
  ) async throws -> ResultDocument {
    let values = request.values
    let level = try values.double("level")
    let settings = PFSSettings(
      correlation: try values.correlation(), swept: [],
      firstScan: try values.optionalDays("first-scan"), horizon: nil, patients: nil, level: level)
    let (selection, endpoint) = (try SubjectSelection(values), try ProgressionEndpoint(values))
    let responses = try PublishedTrial.all.map { trial in
      try context.checkCancellation()
      return try ResponseBacktest(trial, correlation: settings.correlation, level: level)
    }
    var document = ResultDocument(
      analysis: request.analysis, title: "Published combinations, predicted and observed")
    let cohorts = try request.dataset.map {
      try CohortBacktests(ArmReader($0, selection, endpoint), settings, context)
    }
    BacktestReport(
      responses: responses, cohorts: cohorts, settings: settings, level: level,
      unit: try values.choice("unit")
    ).write(into: &document)
    if let agent = try ImmuneAgent(request, named: "immune") {
      let settings = try DynamicsSettings(backtest: request, level: level)
      let backtest = try await DynamicsBacktest(
        agent, settings, InstalledRegimens(request), context)
      DynamicsBacktestTables(backtest: backtest, level: level).write(into: &document)
    }
    return document
  }
}
