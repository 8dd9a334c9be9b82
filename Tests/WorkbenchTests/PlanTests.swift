import ClientProtocol
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct PlanTests {
  private static let primary = """
    title = "Echo, primary"
    author = "A. Statistician"
    text = "As the protocol says in section 9."
    analysis = "echo"
    dataset = "p011"

    [parameters]
    level = 0.9
    window = "12w"
    about = 7

    """

  @discardableResult
  private func register(
    _ bench: Bench, _ text: String = primary, as name: String = "primary"
  ) async throws -> JSONValue {
    try bench.folder.write("\(name).toml", text)
    return try await bench.session.say("plan \(name).toml", in: bench.folder.path)
  }

  private func standing(_ answer: JSONValue) -> (status: String?, text: String?) {
    (answer["plan"]?["status"]?.string, answer["plan"]?["text"]?.string)
  }

  @Test func registersListsAndShows() async throws {
    try await Bench.with { (bench) async throws in
      #expect(try await bench.session.say("plan")["title"] == "0 plans")
      let registered = try await register(bench)
      #expect(
        registered["title"] == "The plan primary is registered, in row 1 of the audit trail")
      let again = try await register(bench)
      #expect(again["title"] == "The plan primary is registered already, of the same file")
      #expect(try bench.store.auditHead().sequence == 1)
      let plan = try #require(try bench.store.plan(named: "primary"))
      #expect(
        plan.request.parameters
          == #"{"about":"7","level":0.9,"mode":"plain","window":84}"#)
      let list = try await bench.session.say("plan")
      #expect(list["tables"]?.array?.first?["rows"]?.array?.first?.array?.first == "primary")
      let shown = try await bench.session.say("plan primary")
      #expect(shown["title"] == "primary: Echo, primary")
      #expect(
        shown["tables"]?.array?.first?["rows"]?.array?.contains(["author", "A. Statistician"])
          == true)
      #expect(shown["notes"]?.array?.first?["text"] == "As the protocol says in section 9.")
    }
  }

  @Test func saysThatItWasPlanned() async throws {
    try await Bench.with { (bench) async throws in
      try await register(bench)
      try await bench.importTrial()
      let answer = try await bench.session.say("plan primary run")
      #expect(answer["dataset"]?["name"] == "p011")
      #expect(answer["parameters"]?["level"] == 0.9)
      #expect(answer["plan"]?["name"] == "primary")
      let date = Timestamp.now().description.prefix(10)
      #expect(standing(answer).status == "planned")
      #expect(
        standing(answer).text
          == "Planned: this is the plan primary. It was registered on \(date) (audit row 1), "
          + "before the data were first imported on \(date) (audit row 2).")
      let again = try await bench.session.say("echo p011 plan=primary")
      #expect(again["run"]?["stored"] == true)
      let typed = try await bench.session.say("echo p011 level=0.9 window=84d about=7")
      #expect(typed["run"]?["stored"] == true, "the same analysis is the planned one")
      let rerun = try await bench.session.say("rerun 1")
      #expect(rerun["title"] == "Run 2 is identical to run 1, bit for bit")
      #expect(try bench.store.runs(ofPlan: "primary", limit: 9).count == 2)
      #expect(try await bench.store.verifyAudit().isIntact)
      let text = try await bench.session.ask(
        .command, ["line": "show 1", "format": "text"]
      ).string
      #expect(text?.contains("Planned: this is the plan primary.") == true)
    }
  }

  @Test func saysThatTheDataCameFirst() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try await bench.session.say("drop p011")
      try await register(bench)
      try await bench.session.say("import p011 as p011", in: bench.folder.path)
      let answer = try await bench.session.say("plan primary run p011")
      #expect(standing(answer).status == "after-data")
      #expect(standing(answer).text?.hasPrefix("Planned after the data: ") == true)
      #expect(standing(answer).text?.contains("(audit row 3), after the data") == true)
      #expect(standing(answer).text?.hasSuffix("(audit row 1).") == true)
    }
  }

  @Test func saysWhatIsOtherwise() async throws {
    try await Bench.with { (bench) async throws in
      try await register(bench)
      try await bench.importTrial()
      try await bench.importTrial("p012", subjects: 4)
      let answer = try await bench.session.say("echo p012 plan=primary level=0.8 moody")
      #expect(standing(answer).status == "deviates")
      #expect(
        standing(answer).text?.hasPrefix(
          "Deviates from the plan primary: level is 0.8, planned was 0.9; "
            + "mode is moody, planned was plain; dataset is p012, planned was p011. It was") == true
      )
      #expect(
        answer["plan"]?["deviations"]?.array?.map { $0["parameter"] }
          == ["level", "mode", "dataset"])
      let other = try await bench.session.say("echo p011")
      #expect(standing(other).status == "unplanned")
      #expect(
        standing(other).text
          == "Not planned: the plan primary has another level, another window, another about.")
      #expect(other["plan"]?["name"] == nil)
      #expect(standing(try await bench.session.say("echo p012")).status == nil, "no plan is for it")
      #expect(standing(try await bench.session.say("echo 1/2")).status == nil)
      #expect(standing(try await bench.session.say("reader p011 at=1d")).status == nil)
    }
  }

  @Test func aPlanOutweighsTheSession() async throws {
    try await Bench.with { (bench) async throws in
      try await register(
        bench, "title = \"T\"\nanalysis = \"echo\"\nseed = 5\n[parameters]\nlevel = 0.9\n")
      try await bench.session.say("set level=0.8 window=1w seed=6")
      let count = try await bench.session.say("echo 1/2 plan=primary")
      #expect(count["parameters"]?["level"] == 0.9 && count["parameters"]?["window"] == 28)
      #expect(count["seed"] == "5")
      #expect(standing(count).status == "undated")
      #expect(standing(count).text?.hasPrefix("As in the plan primary. It was") == true)
      let program = try await bench.session.ask(
        .analysisRun, ["analysis": "echo", "plan": "primary", "parameters": ["count": "1/2"]])
      #expect(program["run"]?["stored"] == true)
      let seed = try await bench.session.say("echo 1/2 plan=primary seed=7")
      #expect(standing(seed).text?.contains("seed is 7, planned was 5") == true)
    }
  }

  @Test func theNextPlanMakesAStoredAnswerAnother() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      #expect(standing(try await bench.session.say("echo p011")).status == nil)
      try await register(bench, "title = \"T\"\nanalysis = \"echo\"\n")
      let later = try await bench.session.say("echo p011")
      #expect(later["run"]?["stored"] == false && standing(later).status == "after-data")
      #expect(
        try await bench.session.say("rerun 1")["title"]
          == "Run 3 is identical to run 1, bit for bit")
    }
  }

  @Test(
    arguments: [
      ("analysis = \"echo\"\n", ["p.toml: the plan has no \"title\""]),
      (
        "title = \"T\"\nanalysis = \"ecko\"\n",
        ["p.toml:2: there is no analysis \"ecko\"; did you mean \"echo\"?"]
      ),
      (
        "title = 3\nanalyses = 1\nanalysis = \"echo\"\nseed = -1\n[parameters]\nlevle = 1\n"
          + "level = 2\nmode = \"pain\"\n",
        [
          "p.toml:1: title must be a text, not a number",
          "p.toml:2: \"analyses\" is not a key of a plan; did you mean \"analysis\"?",
          "p.toml:4: seed=-1: expected a whole number from 0 to 18446744073709551615",
          "p.toml:6: echo has no parameter \"levle\"; did you mean \"level\"?",
          "p.toml:7: level=2: expected a probability strictly between 0 and 1",
          "p.toml:8: mode=pain: expected one of plain, refuse, die, wait, moody, draw; "
            + "did you mean \"plain\"?",
        ]
      ),
      (
        "title = \"T\"\nanalysis = \"reader\"\nname = \"a b\"\nparameters = {}\n",
        [
          "p.toml:3: \"a b\" cannot name a plan: expected up to 64 letters, digits, - _ and .",
          "p.toml:4: reader needs at",
        ]
      ),
      (
        "title = \"T\"\nanalysis = \"reader\"\n[parameters]\nat = \"12w\"\nwhere = \"agee > 6\"\n",
        ["p.toml:5: where=agee > 6: there is no column \"agee\"; did you mean age?"]
      ),
      ("title = \"T\"\n[]\n", ["p.toml:2: expected the name of a table after '['"]),
      (
        "title = \"T\"\nanalysis = \"echo\"\nparameters = 3\n",
        ["p.toml:3: parameters must be a table"]
      ),
    ])
  func namesEveryProblemWithItsLine(_ text: String, _ problems: [String]) async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("p.toml", text)
      let failure = try await bench.session.refusal("plan p.toml", in: bench.folder.path)
      #expect(failure.kind == .planInvalid)
      #expect(failure.problems == problems)
      #expect(failure.range == 5..<11)
      #expect(try bench.store.plans().isEmpty)
      #expect(try bench.store.auditHead().sequence == 0)
    }
  }

  @Test func refusesWhatCannotBe() async throws {
    try await Bench.with { (bench) async throws in
      try await register(bench)
      try await register(bench, "title = \"T\"\nanalysis = \"dice\"\n", as: "dice-plan")
      let other = try bench.folder.write("x/primary.toml", "title = \"T\"\nanalysis = \"echo\"\n")
      let lines: [(String, CommandFailure.Kind, String)] = [
        ("plan nothing.toml", .file, "cannot read \(bench.folder.path)/nothing.toml"),
        ("plan \(other)", .planExists, "there is already a plan primary, of another file"),
        ("plan primry", .unknownPlan, "there is no plan primry"),
        ("plan primary rum", .usage, "plan has no use for rum"),
        ("plan primary run p011 x", .usage, "plan has no use for x"),
        ("plan primary run", .unknownDataset, "there is no data set \"p011\""),
        ("echo plan=primary", .unknownDataset, "there is no data set \"p011\""),
        ("echo 1/2 plan=primry", .unknownPlan, "there is no plan primry"),
        ("echo 1/2 plan=dice-plan", .usage, "the plan dice-plan is of dice"),
      ]
      for (line, kind, message) in lines {
        let failure = try await bench.session.refusal(line, in: bench.folder.path)
        #expect(failure.kind == kind && failure.message == message, "\(line): \(failure)")
        #expect(failure.range != nil || kind == .unknownDataset, "\(line)")
      }
    }
  }
}
