import ClientProtocol
import Foundation
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct DatasetTests {
  @Test func importsDescribesAndListsADataset() async throws {
    try await Bench.with { (bench) async throws in
      let imported = try await bench.importTrial()
      #expect(imported["title"] == "p011: 3 subjects")
      #expect(
        imported["tables"]?.array?.first?["rows"] == [["subject", 3], ["assessment", 3]])
      let hash = try #require(imported["dataset"]?["hash"]?.string)
      #expect(try bench.folder.contents("data/datasets") == ["\(hash).sqlite"])

      let description = try await bench.session.say("describe p011")
      let tables = Dictionary(
        uniqueKeysWithValues: (description["tables"]?.array ?? []).map {
          ($0["name"]?.string ?? "", $0["rows"] ?? .null)
        })
      #expect(tables["arms"] == [["A", "2 mg", .null, 3]])
      #expect(tables["visits"] == [["SCREENING", 1, -3, -3, -3], ["WEEK 8", 2, 56, 56.5, 57]])
      #expect(tables["evaluators"] == [["INV", 3]])
      #expect(tables["responses"] == [["PR", 1, 1], ["PD", 1, 1]])
      #expect(
        tables["sources"]?.array?.map { $0.array?.first } == ["assessment.csv", "subject.csv"])

      let list = try await bench.session.say("datasets")
      #expect(list["title"] == "1 data set")
      #expect(list["tables"]?.array?.first?["rows"]?.array?.first?.array?.first == "p011")
    }
  }

  @Test func theSameContentUnderTheSameNameIsWelcome() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      let again = try await bench.session.say("import p011 as p011", in: bench.folder.path)
      #expect(again["title"] == "p011 is there already, with the same content")
      try bench.folder.write("other/subject.csv", "subject\nS1\n")
      #expect(
        try await bench.session.refusal("import other as p011", in: bench.folder.path)
          == CommandFailure(
            .datasetExists, "there is already a data set p011 with other content", at: 16..<20,
            expected: "another name, or drop p011 first"))
      #expect(try bench.folder.contents("data/datasets").count == 1)
      let alias = try await bench.session.say("import p011 as alias", in: bench.folder.path)
      #expect(alias["title"] == "alias: 3 subjects")
      #expect(try bench.folder.contents("data/datasets").count == 1)
    }
  }

  @Test func dropsWhatNoRunCites() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try await bench.session.say("import p011 as alias", in: bench.folder.path)
      try await bench.session.say("echo p011")
      #expect(try await bench.session.say("drop p011")["title"] == "p011 is dropped")
      #expect(
        try await bench.session.refusal("drop alias")
          == CommandFailure(
            .datasetInUse, "data set alias cannot be dropped: 1 run cites it", at: 5..<10))
      #expect(try bench.folder.contents("data/datasets").count == 1)
      try await bench.session.say("rerun 1")

      try bench.folder.write("b/subject.csv", "subject\nS9\n")
      try await bench.session.say("import b as b", in: bench.folder.path)
      try await bench.session.say("use b")
      try await bench.session.say("drop b")
      #expect(try bench.folder.contents("data/datasets").count == 1)
      #expect(
        try await bench.session.refusal("echo").message == "the session's data set \"b\" is gone")
    }
  }

  @Test func aParameterNamesASecondDataset() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try bench.folder.write("b/subject.csv", "subject\nS9\n")
      let other = try await bench.session.say("import b as b", in: bench.folder.path)
      let hash = try #require(other["dataset"]?["hash"]?.string)

      #expect(
        try await bench.session.refusal("echo p011 about=dataset:p01")
          == CommandFailure(
            .unknownDataset, "there is no data set \"p01\"", at: 16..<27,
            expected: "a data set; datasets lists them", nearest: "p011"))
      let first = try await bench.session.say("echo p011 about=dataset:b")
      let text = first["notes"]?.array?.last?["text"]?.string ?? ""
      #expect(text.hasPrefix("b \(hash) /") && text.hasSuffix("/\(hash).sqlite"), "\(text)")
      #expect(try await bench.session.say("echo p011 about=words")["notes"]?.array?.count == 1)
      #expect(
        try await bench.session.say("echo p011 about=dataset:b")["run"]?["stored"] == true)
      let kept = try #require(try bench.store.run(RunID(number: 1)))
      #expect(
        kept.request.secondDataset == SecondDataset(parameter: "about", name: "b", hash: hash))

      #expect(
        try await bench.session.refusal("drop b").message
          == "data set b cannot be dropped: 1 run cites it")
      // The name may come to stand for something else; a run stays with its content.
      try await bench.session.say("import b as kept", in: bench.folder.path)
      try await bench.session.say("drop b")
      try bench.folder.write("other/subject.csv", "subject\nS8\n")
      try await bench.session.say("import other as b", in: bench.folder.path)
      try await bench.session.say("rerun 1")
      let changed = try await bench.session.say("echo p011 about=dataset:b")
      #expect(changed["run"]?["stored"] == false)
    }
  }

  @Test func nothingIsImportedFromAFileWithProblems() async throws {
    try await Bench.with { (bench) async throws in
      let rows = (1...150).map { "S\($0),old\n" }.joined()
      let file = try bench.folder.write("subject.csv", "subject,age\n" + rows)
      let failure = try await bench.session.refusal("import \(file) as p011")
      #expect(failure.kind == .importFailed)
      #expect(failure.message == "150 problems in \(file): nothing was imported")
      #expect(failure.range == 7..<7 + file.unicodeScalars.count)
      #expect(failure.problems.count == 101)
      #expect(failure.problems.first?.hasPrefix("subject.csv:2: age: found \"old\"") == true)
      #expect(failure.problems.last == "and 50 more problems")
      #expect(try bench.folder.contents("data/datasets").isEmpty)
      #expect(try bench.store.datasets().isEmpty)
    }
  }

  @Test(
    arguments: [
      ("import a.csv", "import needs a name for the data set", 0..<6, .usage),
      ("import as p011", "import needs a file or a folder", 7..<9, .usage),
      ("import a.csv as", "import needs a name after \"as\"", 13..<15, .usage),
      ("import a.csv as a b", "import takes one name after \"as\"", 18..<19, .usage),
      ("import a.csv as status", "status cannot name a data set: it is a command", 16..<22, .usage),
      ("import a.csv as 15/30", "15/30 cannot name a data set", 16..<21, .usage),
      ("import a.csv as \"a b\"", "\"a b\" cannot name a data set", 16..<21, .usage),
      ("import a.csv as -a", "-a cannot name a data set", 16..<18, .usage),
      ("import a.csv as 0.25", "0.25 cannot name a data set: it is a number", 16..<20, .usage),
      (
        "import a.csv as p", "a.csv is a relative path, and a line on the socket has no folder",
        7..<12, .file
      ),
      (
        "import /a.csv as p map=m", "m is a relative path, and a line on the socket has no folder",
        23..<24, .file
      ),
      ("import /a.csv as p map=/no/such", "cannot read /no/such", 23..<31, .file),
      ("import /a.csv as p impute=lst", "impute cannot be lst", 26..<29, .invalidParameter),
    ] as [(String, String, Range<Int>, CommandFailure.Kind)])
  func refuses(
    _ line: String, _ message: String, _ range: Range<Int>, _ kind: CommandFailure.Kind
  ) async throws {
    try await Bench.with { (bench) async throws in
      let failure = try await bench.session.refusal(line)
      #expect(failure.message == message)
      #expect(failure.range == range)
      #expect(failure.kind == kind)
    }
  }

  @Test func readsAMappingFile() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("trial.csv", "id,group\nS1,A\nS2,B\n")
      try bench.folder.write(
        "map.toml",
        """
        [[rows]]
        file = "trial.csv"
        table = "subject"
        [rows.columns]
        subject = "id"
        arm = { column = "group", values = { A = "treated", B = "control" } }
        """)
      try await bench.session.say(
        "import trial.csv as mapped map=map.toml", in: bench.folder.path)
      let arms = try await bench.session.say("describe mapped")["tables"]?.array?.first {
        $0["name"] == "arms"
      }
      #expect(arms?["rows"]?.array?.map { $0.array?.first } == ["treated", "control"])
    }
  }

  @Test(
    arguments: [
      ("", ["map.toml: expected at least one [[rows]] block"]),
      ("[]\n", ["map.toml:1: expected the name of a table after '['"]),
      ("# a\n[[]]\n", ["map.toml:2: expected the name of a table after '['"]),
      ("rows = [\n  ,\n]\n", ["map.toml:2: expected a value"]),
      (
        "[[rows]]\nfile = \"a.csv\"\ntable = \"subject\"\ncolumns = { subject = \"id\" }\n\n"
          + "[row]\nfile = \"b.csv\"\n",
        ["map.toml:6: unknown key \"row\": expected rows; did you mean rows?"]
      ),
      (
        "# a\n\n[[rows]]\nfile = \"a.csv\"\ntable = \"subjects\"\n[rows.columns]\nsubject = 7\n",
        [
          "map.toml:5: table cannot be \"subjects\": expected one of subject, lesion, measurement, "
            + "assessment, exposure, marker, event; did you mean subject?",
          "map.toml:7: subject must be the name of a column, or a table",
        ]
      ),
      (
        """
        [[rows]]
        file = "a.csv"
        table = "subject"
        columns.subject = "id"

        [[rows]]
        fiel = "b.csv"
        table = "assessment"
        [rows.columns]
        subject = { column = "id", constant = "x" }
        day = { column = "t", unit = "fortnights" }
        """,
        [
          "map.toml:6: file is missing",
          "map.toml:7: unknown key \"fiel\": expected file, table, columns, skip_missing; "
            + "did you mean file?",
          "map.toml:10: subject needs either column or constant",
          "map.toml:11: unit cannot be \"fortnights\": expected one of days, weeks, months, years, "
            + "study-day, duration, date, mm, cm",
        ]
      ),
    ])
  func namesTheLineOfEveryFaultOfAMapping(_ text: String, _ problems: [String]) async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("a.csv", "id\nS1\n")
      try bench.folder.write("map.toml", text)
      let failure = try await bench.session.refusal(
        "import a.csv as p map=map.toml", in: bench.folder.path)
      #expect(failure.kind == .importFailed)
      #expect(failure.parameter == "map")
      #expect(failure.range == 22..<30)
      #expect(failure.problems == problems)
    }
  }

  @Test("names the line of what the TOML reader refuses", arguments: ["rows = ", "[a", "[a]]"])
  func namesTheLineOfBrokenSyntax(_ text: String) async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("a.csv", "id\nS1\n")
      try bench.folder.write("map.toml", "\n" + text)
      let failure = try await bench.session.refusal(
        "import a.csv as p map=map.toml", in: bench.folder.path)
      #expect(failure.kind == .importFailed)
      #expect(failure.problems.count == 1)
      #expect(failure.problems.first?.hasPrefix("map.toml:2: ") == true)
    }
  }
}
