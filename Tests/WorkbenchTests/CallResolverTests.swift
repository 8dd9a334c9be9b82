import ClientProtocol
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

struct CallResolverTests {
  private static let echo = AnalysisDeclaration(
    name: "echo", summary: "", data: .optional,
    parameters: [
      .init(name: "count", type: .ratio, help: "", positional: true),
      .init(name: "level", type: .probability, help: "", default: 0.95),
      .init(name: "mode", type: .choice, help: "", choices: ["plain", "moody"], positional: true),
      .init(name: "window", type: .duration, help: "", default: "4w"),
      .init(name: "by", type: .text, help: ""),
    ])
  private static let reader = AnalysisDeclaration(
    name: "reader", summary: "", data: .required,
    parameters: [
      .init(name: "at", type: .duration, help: "", required: true),
      .init(name: "until", type: .duration, help: "", required: true),
    ])
  private static let dice = AnalysisDeclaration(
    name: "dice", summary: "", data: .none,
    parameters: [.init(name: "sides", type: .count, help: "", minimum: 2, positional: true)])

  private static let explain = AnalysisDeclaration(
    name: "explain", summary: "", data: .required,
    parameters: [
      .init(name: "subject", type: .text, help: "", required: true, positional: true)
    ])

  private static func noPlan(_ name: String) throws(CommandFailure) -> PlanRecord {
    throw CommandFailure(.unknownPlan, "there is no plan \(name)")
  }

  private func resolve(
    _ source: String, _ defaults: SessionDefaults = SessionDefaults()
  ) throws(CommandFailure) -> AnalysisCall {
    let line = try CommandLine(source)
    let declared = [Self.echo, Self.reader, Self.dice, Self.explain].first {
      $0.name == line.name?.text
    }
    var resolver = CallResolver(
      declared ?? Self.echo,
      datasetNames: { () throws(CommandFailure) in ["p011", "p012", "moody"] },
      planNamed: Self.noPlan)
    return try resolver.resolve(line, defaults: defaults)
  }

  @Test(
    arguments: [
      ("echo", #"{"level":0.95,"window":28}"#),
      ("echo 15/30", #"{"count":{"events":15,"total":30},"level":0.95,"window":28}"#),
      ("echo count=15/30", #"{"count":{"events":15,"total":30},"level":0.95,"window":28}"#),
      ("echo level=90% window=1mo", #"{"level":0.9,"window":30.4375}"#),
      ("echo plain", #"{"level":0.95,"mode":"plain","window":28}"#),
      ("echo by=\"a b\" p011", #"{"level":0.95,"window":28,"by":"a b"}"#),
      ("dice", "{}"),
      ("dice 20", #"{"sides":20}"#),
      ("reader p011 at=12w until=24w", #"{"at":84,"until":168}"#),
    ])
  func fillsInEveryParameter(_ source: String, _ parameters: String) throws {
    #expect(JSONValue.object(try resolve(source).parameters).text == parameters)
  }

  @Test(
    arguments: [
      ("echo", nil, nil), ("echo p012", nil, "p012"), ("echo dataset=p012", nil, "p012"),
      ("echo", "p011", "p011"), ("echo p012", "p011", "p012"), ("echo 1/2", "p011", nil),
      ("echo count=1/2", "p011", nil), ("echo 1/2 p012", "p011", "p012"), ("dice", "p011", nil),
      // A data set's name wins over a choice of the same spelling.
      ("echo moody", nil, "moody"),
    ] as [(String, String?, String?)])
  func choosesTheDataset(_ source: String, _ session: String?, _ chosen: String?) throws {
    #expect(try resolve(source, SessionDefaults(dataset: session)).dataset == chosen)
  }

  @Test(
    arguments: [
      ("explain S-1 p011", nil, "S-1", "p011"), ("explain p011 S-1", nil, "S-1", "p011"),
      ("explain S-1", "p012", "S-1", "p012"), ("explain S-1 p011", "p012", "S-1", "p011"),
      ("explain 1/2 p011", nil, "1/2", "p011"), ("explain \"S 1\" p011", nil, "S 1", "p011"),
      ("explain subject=p012 p011", nil, "p012", "p011"),
      ("explain subject=S-1", "p011", "S-1", "p011"),
    ] as [(String, String?, String, String)])
  func aBareWordThatNamesNoDatasetIsText(
    _ source: String, _ session: String?, _ subject: String, _ dataset: String
  ) throws {
    let call = try resolve(source, SessionDefaults(dataset: session))
    #expect(call.parameters["subject"]?.string == subject)
    #expect(call.dataset == dataset)
  }

  @Test func sessionValuesGiveWayToTheLine() throws {
    let defaults = SessionDefaults(values: ["level": "0.8", "seed": "7", "sides": "4"])
    #expect(try resolve("echo", defaults).parameters["level"] == 0.8)
    #expect(try resolve("echo level=0.9", defaults).parameters["level"] == 0.9)
    #expect(try resolve("echo", defaults).seed == "7")
    #expect(try resolve("echo seed=8", defaults).seed == "8")
    #expect(try resolve("dice", defaults).parameters["sides"] == 4)
  }

  @Test(
    arguments: [("0", "0"), ("007", "7"), ("18446744073709551615", "18446744073709551615")])
  func seeds(_ typed: String, _ seed: String) throws {
    #expect(try resolve("dice seed=\(typed)").seed == seed)
  }

  @Test(arguments: [("yes", true), ("no", false), ("on", true)])
  func freshness(_ typed: String, _ isFresh: Bool) throws {
    #expect(try resolve("dice fresh=\(typed)").isFresh == isFresh)
    #expect(try !resolve("dice").isFresh)
  }

  @Test func keepsPlaces() throws {
    #expect(
      try resolve("echo 15/30 p011 level=0.9").ranges
        == ["count": 5..<10, "dataset": 11..<15, "level": 22..<25])
  }

  static let faults: [(String, String, CommandFailure)] = [
    (
      "unknown parameter", "echo levle=0.9",
      CommandFailure(
        .unknownParameter, "echo has no parameter \"levle\"", at: 5..<10, parameter: "levle",
        expected: "one of count, level, mode, window, by, dataset, plan, seed, fresh",
        nearest: "level")
    ),
    (
      "impossible value", "echo level=1.5",
      CommandFailure(
        .invalidParameter, "level cannot be 1.5", at: 11..<14, parameter: "level",
        expected: "a probability strictly between 0 and 1")
    ),
    (
      "unknown choice", "echo mode=moodie",
      CommandFailure(
        .invalidParameter, "mode cannot be moodie", at: 10..<16, parameter: "mode",
        expected: "one of plain, moody", nearest: "moody")
    ),
    (
      "impossible ratio", "echo 31/30",
      CommandFailure(
        .invalidParameter, "count cannot be 31/30", at: 5..<10, parameter: "count",
        expected: "responders/patients with 0 ≤ responders ≤ patients and patients at least 1")
    ),
    (
      "two ratios", "echo 1/2 3/4",
      CommandFailure(
        .syntax, "count is given twice (1/2 and 3/4)", at: 9..<12, parameter: "count")
    ),
    (
      "a ratio and a parameter", "echo 1/2 count=3/4",
      CommandFailure(
        .syntax, "count is given twice (1/2 and 3/4)", at: 9..<14, parameter: "count")
    ),
    (
      "two data sets", "echo p011 p012",
      CommandFailure(
        .syntax, "dataset is given twice (p011 and p012)", at: 10..<14, parameter: "dataset")
    ),
    (
      "a key alone", "echo level 0.9",
      CommandFailure(
        .usage, "\"level\" lacks its value", at: 5..<10, expected: "level=VALUE",
        problems: [
          "\"level\" lacks its value: expected level=VALUE",
          "mode cannot be 0.9: expected one of plain, moody",
        ])
    ),
    (
      "a word no choice fits", "echo p01x",
      CommandFailure(
        .invalidParameter, "mode cannot be p01x", at: 5..<9, parameter: "mode",
        expected: "one of plain, moody")
    ),
    (
      "a second word that names no data set", "explain S-1 p01x",
      CommandFailure(
        .unknownDataset, "there is no data set \"p01x\"", at: 12..<16,
        expected: "a data set; datasets lists them", nearest: "p011")
    ),
    (
      "unknown data set word", "echo plain p01x",
      CommandFailure(
        .unknownDataset, "there is no data set \"p01x\"", at: 11..<15,
        expected: "a data set, or responders/patients such as 15/30", nearest: "p011")
    ),
    (
      "unknown data set value", "reader dataset=p01x at=1d until=2d",
      CommandFailure(
        .unknownDataset, "there is no data set \"p01x\"", at: 15..<19,
        expected: "a data set; datasets lists them", nearest: "p011")
    ),
    (
      "no data set", "reader at=1d until=2d",
      CommandFailure(
        .missingParameter, "reader needs a data set", at: 0..<6, parameter: "dataset",
        expected: "the name of a data set, or use NAME before it")
    ),
    (
      "missing parameters", "reader p011",
      CommandFailure(
        .missingParameter, "reader needs at=", at: 0..<6, parameter: "at",
        expected: "a duration such as 84d, 12w or 3mo",
        problems: [
          "reader needs at=: expected a duration such as 84d, 12w or 3mo",
          "reader needs until=: expected a duration such as 84d, 12w or 3mo",
        ])
    ),
    (
      "a data set for an analysis without", "dice dataset=p011",
      CommandFailure(
        .unknownParameter, "dice has no parameter \"dataset\"", at: 5..<12, parameter: "dataset",
        expected: "one of sides, plan, seed, fresh")
    ),
    (
      "a word for an analysis without", "dice 6 p011",
      CommandFailure(
        .usage, "dice has no use for \"p011\"", at: 7..<11, expected: "parameters as key=value")
    ),
    (
      "an impossible seed", "dice seed=-1",
      CommandFailure(
        .invalidParameter, "seed cannot be -1", at: 10..<12, parameter: "seed",
        expected: "a whole number from 0 to 18446744073709551615")
    ),
    (
      "an impossible flag", "dice fresh=maybe",
      CommandFailure(
        .invalidParameter, "fresh cannot be maybe", at: 11..<16, parameter: "fresh",
        expected: "yes or no")
    ),
    (
      "several problems in order", "dice 1 fresh=maybe side=2",
      CommandFailure(
        .invalidParameter, "sides cannot be 1", at: 5..<6, parameter: "sides",
        expected: "a whole number, 2 or more",
        problems: [
          "sides cannot be 1: expected a whole number, 2 or more",
          "fresh cannot be maybe: expected yes or no",
          "dice has no parameter \"side\": expected one of sides, plan, seed, fresh",
        ])
    ),
  ]

  @Test("points at what is wrong", arguments: faults.indices)
  func points(_ index: Int) {
    let (_, source, failure) = Self.faults[index]
    #expect(throws: failure) { try resolve(source) }
  }

  @Test func saysThatASessionValueDoesNotFit() {
    let failure = CommandFailure(
      .invalidParameter, "sides cannot be 1, which is set for this session", at: 0..<4,
      parameter: "sides", expected: "a whole number, 2 or more")
    #expect(throws: failure) { try resolve("dice", SessionDefaults(values: ["sides": "1"])) }
  }

  @Test func saysThatTheSessionsDatasetIsGone() {
    let failure = CommandFailure(
      .unknownDataset, "the session's data set \"old\" is gone", at: 0..<4,
      expected: "a data set; use NAME chooses another")
    #expect(throws: failure) { try resolve("echo", SessionDefaults(dataset: "old")) }
  }

  private func resolve(
    _ declaration: AnalysisDeclaration, _ parameters: JSONObject, dataset: String? = nil,
    seed: JSONValue? = nil, fresh: JSONValue? = nil
  ) throws(CommandFailure) -> AnalysisCall {
    var resolver = CallResolver(
      declaration, datasetNames: { () throws(CommandFailure) in ["p011"] },
      planNamed: Self.noPlan)
    return try resolver.resolve(
      parameters: parameters, dataset: dataset, seed: seed, fresh: fresh, plan: nil)
  }

  @Test func programsSendValuesOrText() throws {
    let typed = try resolve("echo 15/30 p011 level=0.9 window=12w seed=7 fresh=yes")
    let forms: [JSONObject] = [
      [
        "count": ["events": 15, "total": 30], "level": 0.9, "window": 84, "mode": .null,
      ],
      ["count": "15/30", "level": "90%", "window": "84d"],
    ]
    for form in forms {
      for seed in [7, "7", "07"] as [JSONValue] {
        var call = try resolve(Self.echo, form, dataset: "p011", seed: seed, fresh: true)
        // 84 and 84.0 are one number on the wire and in the store.
        #expect(
          JSONValue.object(call.parameters).text == JSONValue.object(typed.parameters).text)
        call.ranges = typed.ranges
        call.parameters = typed.parameters
        #expect(call == typed)
      }
    }
    let inside = try resolve(
      Self.echo, ["dataset": "p011", "seed": 7, "fresh": "yes", "level": 0.9])
    #expect(inside.dataset == "p011" && inside.seed == "7" && inside.isFresh)
  }

  @Test func programsHearEveryProblemToo() {
    let failure = CommandFailure(
      .unknownDataset, "there is no data set \"p01\"", expected: "a data set; datasets lists them",
      nearest: "p011")
    #expect(throws: failure) {
      try resolve(Self.reader, ["at": 1, "until": 2], dataset: "p01")
    }
    let several = CommandFailure(
      .invalidParameter, "at cannot be soon", parameter: "at",
      expected: "a duration such as 84d, 12w or 3mo",
      problems: [
        "at cannot be soon: expected a duration such as 84d, 12w or 3mo",
        "reader has no parameter \"untl\": expected one of at, until, dataset, plan, seed, fresh",
        "reader needs until=: expected a duration such as 84d, 12w or 3mo",
        "reader needs a data set: expected the name of a data set, or use NAME before it",
      ])
    #expect(throws: several) { try resolve(Self.reader, ["at": "soon", "untl": 2]) }
  }
}
