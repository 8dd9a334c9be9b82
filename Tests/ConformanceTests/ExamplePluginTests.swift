import Conformance
import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import PluginTesting
import Testing

/// The worked examples keep every rule and give the numbers of Reference/examples.R.
@Suite(.serialized) struct ExamplePluginTests {
  private static func folder(_ name: String) -> String {
    AuthorKit.repository + "/config/examples/plugins/" + name
  }

  private static func isInstalled(_ package: String) -> Bool {
    let isThere = AuthorKit.succeeds("Rscript", "-e", "library(jsonlite); library(\(package))")
    if !isThere { print("skipped: the R package \(package) is not at hand") }
    return isThere
  }

  private func check(_ name: String, companions: [String] = []) async throws {
    let dataset = try ImportedDataset.simulated()
    let checks = await PluginConformance.check(
      folder: Self.folder(name), dataset: dataset.file, companions: companions)
    #expect(checks.count > 10)
    for check in checks { #expect(check.passed, "\(check)") }
  }

  private func answer(
    _ name: String, _ given: [String: String], tables: [String: String]? = nil,
    companions: [String] = []
  ) async throws -> ResultDocument {
    let dataset = try tables.map { try ImportedDataset(tables: $0) } ?? ImportedDataset.simulated()
    let folder = PluginFolder(Self.folder(name))
    let host = PluginHost(
      settings: PluginHostSettings(), folders: [folder.path] + companions,
      log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    await host.reload()
    let request = try folder.request(name, given, dataset: dataset.file, seed: "1")
    do {
      let answer = try await host.run(request, plugin: name)
      await host.shutdown()
      return try ResultDocument(json: JSONValue(parsing: answer.result))
    } catch {
      await host.shutdown()
      throw error
    }
  }

  private static func agrees(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 / expected - 1) < 1e-10 } ?? false
  }

  @Test func aRegimenIsServedByItsEngine() async throws {
    let checks = await PluginConformance.check(
      folder: Self.folder("docetaxel-oak"),
      companions: [AuthorKit.repository + "/Plugins/Combination"])
    #expect(
      checks.map(\.id) == [
        "manifest", "definition", "defaults.docetaxel-oak", "determinism",
      ])
    for check in checks { #expect(check.passed, "\(check)") }
  }

  @Test func winRatioKeepsTheRules() async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    try await check("win-ratio")
  }

  @Test func winRatioAgreesWithAllPairsInR() async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    let document = try await answer("win-ratio", ["endpoints": "pfs", "by": "dose_level"])
    #expect(
      document.tables.first?.rows == [
        ["1.25", "0.25", 18, 10, 72], ["6.25", "0.25", 19, 8, 73],
      ])
    let reference: [[Double]] = [
      [1.7999999999999998, 0.14200824503676751, 22.815576653039599, 0.65010191228044034],
      [2.375, 0.1707589388544446, 33.032677749351002, 0.51956708139352648],
    ]
    try #require(document.estimates.count == 2 && document.tests.count == 2)
    for (row, values) in reference.enumerated() {
      let estimate = document.estimates[row]
      #expect(Self.agrees(estimate.value, values[0]))
      #expect(Self.agrees(estimate.interval?.lower, values[1]))
      #expect(Self.agrees(estimate.interval?.upper, values[2]))
      #expect(Self.agrees(document.tests[row].pValue, values[3]))
    }
  }

  /// By hand: A1 lives longer than both; A2 ties with B1 on death and wins on progression, and is
  /// undecided against B2, who is censored before anything happens.
  @Test func aLaterEndpointDecidesWhatTheFirstCannot() async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    let document = try await answer(
      "win-ratio", ["by": "arm"],
      tables: [
        "subject.csv": "subject,arm\nA1,B\nA2,B\nB1,A\nB2,A\n",
        "event.csv": """
        subject,endpoint,day,occurred
        A1,os,100,0
        A1,pfs,90,1
        A2,os,60,0
        A2,pfs,50,1
        B1,os,60,0
        B1,pfs,40,1
        B2,os,30,1
        B2,pfs,30,1

        """,
      ])
    #expect(document.tables.first?.rows == [["B", "A", 4, 0, 0]])
    #expect(document.estimates.first?.value == nil)
    #expect(
      document.estimates.first?.status
        == "no interval or ratio: a group has one patient, or wins or losses are all on one side")
  }

  @Test func whatTheDataCannotSayIsRefused() async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    let refusal = await #expect(throws: PluginFailure.self) {
      _ = try await answer("win-ratio", ["endpoints": "os", "by": "dose_level"])
    }
    #expect(refusal?.description == "endpoints=os: the data set has pfs")
    let single = await #expect(throws: PluginFailure.self) {
      _ = try await answer("win-ratio", ["endpoints": "pfs", "by": "arm"])
    }
    #expect(
      single?.description == "by=arm: the patients are all in one group, and two are needed")
  }

  @Test func weibullMedianKeepsTheRules() async throws {
    guard Self.isInstalled("survival") else { return }
    try await check("weibull-median")
  }

  private static let called = [
    AuthorKit.repository + "/Plugins/ResponseRate", folder("weibull-median"),
  ]

  @Test func responseAndMedianKeepsTheRules() async throws {
    guard AuthorKit.Language.python.isInstalled, Self.isInstalled("survival") else { return }
    try await check("response-and-median", companions: Self.called)
  }

  /// The rate of the whole trial by its definition, the median by the profile likelihood.
  @Test func responseAndMedianShowsWhatTheOthersComputed() async throws {
    guard AuthorKit.Language.python.isInstalled, Self.isInstalled("survival") else { return }
    let estimates = try await answer("response-and-median", [:], companions: Self.called).estimates
    #expect(estimates.map(\.name) == ["objective-response-rate", "median"])
    #expect(estimates.map(\.group) == ["all", "all"])
    try #require(estimates.count == 2)
    let count = try #require(estimates[0].count)
    #expect(count.total == 30 && estimates[0].value == Double(count.events) / 30)
    #expect(abs((estimates[1].value ?? .nan) / 617.7992253131282 - 1) < 1e-6)
  }

  @Test func whatItCallsMustBeInstalled() async throws {
    guard AuthorKit.Language.python.isInstalled else { return }
    let refusal = await #expect(throws: PluginFailure.self) {
      _ = try await answer("response-and-median", [:])
    }
    #expect(
      refusal?.description
        == "response-rate: response-and-median needs the analysis response-rate, "
        + "which no plugin offers")
  }

  @Test(arguments: [
    ("none", 617.7992253131282, 1.3018664601811463),
    ("dose_level", 379.29488279482018, 1.4371183952999065),
  ])
  func weibullMedianAgreesWithTheProfileLikelihood(
    by: String, median: Double, shape: Double
  ) async throws {
    guard Self.isInstalled("survival") else { return }
    let estimates = try await answer("weibull-median", ["by": by]).estimates
    // survreg stops iterating at a relative 1e-9 of the log likelihood.
    let values = try #require(estimates.count >= 2 ? estimates.map { $0.value ?? .nan } : nil)
    #expect(abs(values[0] / median - 1) < 1e-6)
    #expect(abs(values[1] / shape - 1) < 1e-6)
    for estimate in estimates.dropFirst(2) {
      // One event in each of the other two groups.
      #expect(estimate.value == nil)
      #expect(estimate.status == "fewer than two events do not fix a Weibull model")
    }
  }
}
