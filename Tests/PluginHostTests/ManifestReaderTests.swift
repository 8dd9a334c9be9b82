import JSON
import PluginProtocol
import Testing

@testable import PluginHost

/// Manifests, good and bad.
struct ManifestReaderTests {
  private static let good = """
    id = "response-rate"
    version = "1.0.0"
    protocol = 1
    summary = "Objective response rate"
    run = ["response-rate"]

    [[analysis]]
    name = "response-rate"
    summary = "The rate"
    data = "optional"
    examples = ["response-rate 15/30"]

    [[analysis.parameter]]
    name = "level"
    type = "probability"
    default = 0.95
    help = "Confidence level"

    [[analysis.parameter]]
    name = "window"
    type = "duration"
    default = "12w"
    help = "Window"
    """

  private func problems(_ text: String) -> [String] {
    ManifestReader(text: text, file: "plugin.toml").problems.map(\.description)
  }

  @Test(
    "a header the reader of TOML would trap on is a problem with its line",
    arguments: [("[!", 1), ("\u{FEFF}[!", 1), ("a = 1\n[\n", 2), ("\u{FEFF}\n[[!]]", 2)])
  func headerWithoutName(text: String, line: Int) {
    let reader = ManifestReader(text: text, file: "plugin.toml")
    #expect(
      reader.problems.map(\.description)
        == ["plugin.toml:\(line): expected the name of a table after '['"])
  }

  @Test("reads what is declared")
  func good() throws {
    let reader = ManifestReader(text: Self.good, file: "plugin.toml")
    #expect(reader.problems == [])
    let manifest = try #require(reader.manifest)
    #expect(manifest.id == "response-rate")
    #expect(manifest.run == ["response-rate"])
    let analysis = try #require(manifest.analyses.first)
    #expect(analysis.data == .optional)
    #expect(analysis.examples == ["response-rate 15/30"])
    #expect(analysis.parameters.map(\.name) == ["level", "window"])
    #expect(analysis.parameters[0].default == .number(0.95))
    #expect(analysis.parameters[1].default == .number(84), "a duration is its days")
  }

  @Test("names every problem at once, with its line")
  func everything() {
    #expect(
      problems(
        """
        id = "Response Rate"
        version = 1
        protocol = 2
        sumary = "x"
        run = ["a"]
        engine = "b"

        [[analysis]]
        name = "a"
        summary = ""
        data = "optionl"

        [[analysis.parameter]]
        name = "level"
        type = "probability"
        default = 1.5
        help = "Confidence level"

        [[analysis.parameter]]
        name = "level"
        type = "chioce"
        help = "Again"
        minimum = "low"

        [[analysis.parameter]]
        name = "method"
        type = "choice"
        help = "Which"

        [[analysis]]
        name = "a"
        summary = "Twice"
        parameter = 3
        """) == [
          "plugin.toml: \"summary\" is missing from the manifest",
          "plugin.toml:1: id = \"Response Rate\": expected lower-case letters, digits, - . and _",
          "plugin.toml:2: \"version\" is a number, expected text",
          "plugin.toml:3: protocol = 2: this host speaks version 1",
          "plugin.toml:4: \"sumary\" is not a key of the manifest; did you mean \"summary\"?",
          "plugin.toml:6: the manifest has both \"run\" and \"engine\"",
          "plugin.toml:10: \"summary\" is empty",
          "plugin.toml:11: data = \"optionl\": expected one of none, optional, required; "
            + "did you mean \"optional\"?",
          "plugin.toml:16: the default does not fit: level=1.5: expected a probability strictly "
            + "between 0 and 1",
          "plugin.toml:20: the parameter \"level\" is declared twice",
          "plugin.toml:21: type = \"chioce\": expected one of count, integer, number, probability, "
            + "ratio, duration, choice, text, condition, flag; did you mean \"choice\"?",
          "plugin.toml:23: \"minimum\" is a string, expected a number",
          "plugin.toml:25: the choice \"method\" has no \"choices\"",
          "plugin.toml:31: the analysis \"a\" is declared twice",
          "plugin.toml:33: \"parameter\" is a number, expected a list of tables "
            + "([[analysis.parameter]])",
        ])
  }

  @Test("lets texts name declarative plugins of a kind")
  func definitionKinds() {
    func manifest(_ type: String, _ kind: String) -> String {
      """
      id = "a"
      version = "1"
      protocol = 1
      summary = "A"
      run = ["a"]
      [[analysis]]
      name = "a"
      summary = "A"
      [[analysis.parameter]]
      name = "immune.agent"
      type = "\(type)"
      help = "H"
      definition_kind = "\(kind)"
      """
    }
    let reader = ManifestReader(text: manifest("text", "immune-agent"), file: "plugin.toml")
    #expect(
      reader.manifest?.analyses.first?.parameters.first?.definitionKind == "immune-agent")
    #expect(
      problems(manifest("count", "regimen")) == [
        "plugin.toml:13: only a text has a use for \"definition_kind\""
      ])
    #expect(
      problems(manifest("text", "")) == ["plugin.toml:13: \"definition_kind\" is empty"])
  }

  @Test("lets one text of an analysis name a data set")
  func datasetPrefixes() {
    let head = """
      id = "a"
      version = "1"
      protocol = 1
      summary = "A"
      run = ["a"]
      [[analysis]]
      name = "a"
      summary = "A"

      """
    func parameter(_ name: String, _ type: String, _ prefix: String) -> String {
      """
      [[analysis.parameter]]
      name = "\(name)"
      type = "\(type)"
      help = "H"
      dataset_prefix = "\(prefix)"

      """
    }
    let reader = ManifestReader(
      text: head + parameter("reference", "text", "dataset:"), file: "plugin.toml")
    let declaration = reader.manifest?.analyses[0].parameters[0]
    #expect(declaration?.datasetName(in: "dataset:p007") == "p007")
    #expect(declaration?.datasetName(in: "arm:p007") == nil)
    #expect(declaration?.datasetName(in: nil) == nil)
    #expect(
      problems(head + parameter("a", "count", "x") + parameter("b", "text", "")) == [
        "plugin.toml:9: more than one parameter has a \"dataset_prefix\"",
        "plugin.toml:13: only a text has a use for \"dataset_prefix\"",
        "plugin.toml:18: \"dataset_prefix\" is empty",
      ])
  }

  @Test("names the line of a syntax error")
  func syntax() {
    let problems = problems("id = \"a\"\nversion = \n")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("plugin.toml:2: ") == true, "\(problems)")
  }

  @Test(
    "needs a program or an engine with a definition",
    arguments: [
      ("", "plugin.toml: the manifest has neither \"run\" nor \"engine\""),
      ("run = []", "plugin.toml:5: \"run\" names no program"),
      ("run = \"a\"", "plugin.toml:5: \"run\" is a string, expected a list of texts"),
      ("run = [1]", "plugin.toml:5: \"run\" is an array, expected a list of texts"),
      ("engine = \"e\"", "plugin.toml:5: an engine needs a [definition] to serve"),
      ("engine = \"e\"\ndefinition = 3", "plugin.toml:6: \"definition\" is not a table"),
      (
        "run = [\"a\"]\n[definition]\nx = 1",
        "plugin.toml:6: a definition needs an \"engine\" to serve it"
      ),
    ])
  func server(text: String, problem: String) {
    let head = "id = \"a\"\nversion = \"1\"\nprotocol = 1\nsummary = \"s\"\n"
    #expect(problems(head + text) == [problem])
  }

  @Test("numbers that are no numbers are refused where a number is due")
  func notFinite() {
    let text = Self.good.replacing("default = 0.95", with: "default = nan")
    #expect(
      problems(text) == [
        "plugin.toml:16: the default does not fit: level=NaN: expected a probability strictly "
          + "between 0 and 1"
      ])
  }

  @Test("survives what is hardly TOML")
  func hardly() {
    for text in [
      "", "\u{0}", "\"\\u0000\" = 1", "[[[[", String(repeating: "[", count: 100_000),
      "a = " + String(repeating: "[", count: 10_000), "'''", "\"\"\"", "=", "[a]\n[a]", "a.b.c.d=1",
      "x = {a = {b = {c = [1, {d = 2}]}}}", "\u{FEFF}id = 1", "a = \"\\", "#",
      "[[analysis]]\n[[analysis.parameter]]\n[analysis.parameter.name]",
      "analysis = [1, 2]", "definition = 1", "[analysis]\nname = 1",
    ] {
      #expect(ManifestReader(text: text, file: "f").manifest == nil)
    }
  }

  @Test("finds the line of every key path")
  func lines() {
    let lines = TOMLLines(
      """
      # a comment = with signs [x]
      a = 1
      "b c" = "text # no comment"
      d.e = '''
      [not.a.table]
      f = 1
      '''
      [definition]
      drugs = [
        # the backbone
        { name = "paclitaxel", dose = 80 },
        { name = "IMP321",
          dose = { amount = 6 } },
      ]
      [[definition.control]]
      name = "E2100"
      [[definition.control]]
      name = "other"
      [definition.control.source]
      title = \"\"\"
      two ""quotes"" and a \\"
      \"\"\"
      year = 2007
      """)
    let expected: [(String, Int?)] = [
      ("a", 2), ("b c", 3), ("d.e", 4), ("d", 4), ("definition", 8), ("definition.drugs", 9),
      ("definition.drugs.0.dose", 11), ("definition.drugs.1.name", 12),
      ("definition.drugs.1.dose.amount", 13), ("definition.control.0.name", 16),
      ("definition.control.1.name", 18), ("definition.control.1.source.year", 23),
      ("definition.control.1.nothing", 17), ("definition.drugs.7", 9), ("f", nil), ("x", nil),
    ]
    for (path, line) in expected {
      #expect(lines.line(of: path.split(separator: ".").map(String.init)) == line, "\(path)")
    }
  }

  private static let pieces = [
    "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", "\"\"\"", "'''", "#", "\n", "\r",
    "\\", "\\u0000", "1", "-", "nan", "inf", "1979-05-27", "a", " ", "\t", "\u{0C}", "\u{A0}", "é",
    "\"\\u0000\" = 1\n", "[ [", "[analysis]\n", "x = {", "true", "0x", "1e999", "..", "\u{FEFF}",
  ]

  /// Replaces, drops and repeats pieces of a good manifest, the same ones every time.
  @Test("survives three thousand damaged manifests")
  func damaged() {
    var generator = SplitMix(state: 1989)
    for _ in 0..<3000 {
      var text = Array(Self.good)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let start = Int.random(in: 0...text.count, using: &generator)
        let end = min(text.count, start + Int.random(in: 0...12, using: &generator))
        let piece = Self.pieces.randomElement(using: &generator) ?? ""
        text.replaceSubrange(start..<end, with: Array(piece))
      }
      let reader = ManifestReader(text: String(text), file: "f")
      #expect((reader.manifest == nil) == !reader.problems.isEmpty)
    }
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
