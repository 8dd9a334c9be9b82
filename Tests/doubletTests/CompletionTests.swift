import ClientProtocol
import JSON
import PluginProtocol
import Testing

@testable import doublet

struct CompletionTests {
  private static let engine = CompletionEngine(
    catalog: CatalogDocument(
      commands: [
        .init(
          name: "response-rate", summary: "",
          usage: "response-rate [DATASET|X/N] [interval=METHOD]",
          data: .optional,
          parameters: [
            .init(
              name: "interval", type: .choice, help: "The interval's method.", default: "all",
              choices: ["clopper-pearson", "wilson", "wilson-cc"]),
            .init(name: "level", type: .probability, help: "Confidence.", default: 0.95),
            .init(
              name: "control", type: .text, help: "Controls.", choices: ["nk105", "nk106", "arm:"]),
            .init(name: "reference", type: .text, help: "", choices: ["plugin:", "dataset:"]),
            .init(name: "fresh", type: .flag, help: ""),
          ]),
        .init(
          name: "import", summary: "", usage: "import PATH… as NAME [map=FILE] [impute=first|last]",
          parameters: [
            .init(name: "map", type: .text, help: ""), .init(name: "impute", type: .text, help: ""),
          ], words: ["path", "as"]),
        .init(
          name: "rate", summary: "", usage: "rate X/N",
          parameters: [
            .init(name: "count", type: .ratio, help: "", positional: true),
            .init(name: "control", type: .text, help: ""),
          ]),
        .init(name: "show", summary: "", usage: "show RUN", words: ["run"]),
        .init(name: "plot", summary: "", usage: "plot RUN", words: ["run", "last", "figure"]),
        .init(name: "help", summary: "", usage: "help [COMMAND]", words: ["command"]),
        .init(name: "audit", summary: "", usage: "audit", words: ["verify|export"]),
        .init(name: "set", summary: "", usage: "set [KEY=VALUE…]"),
        .init(
          name: "backtest", summary: "", usage: "backtest patients=N",
          parameters: [
            .init(name: "patients", type: .count, help: "How many.", required: true, minimum: 1)
          ], words: ["plugin"]),
      ],
      datasets: ["aipac", "p011", "p 012"], runs: ["17", "16"], plugins: ["gem", "pac"],
      figures: ["17": ["forest", "waterfall"], "16": ["curve"]]),
    files: { text in
      ["data/", "data/a b.csv", "data/c.csv"].filter { $0.hasPrefix(text) && $0 != text }
    })

  /// The line after Tab, where it changes.
  @Test(
    arguments: [
      ("resp", "response-rate "), ("sh", "show "), ("se", "set "), ("qu", "quit "),
      ("response-rate a", "response-rate aipac "), ("response-rate p0", "response-rate p011 "),
      ("response-rate \"p ", "response-rate \"p 012\" "),
      ("response-rate int", "response-rate interval="),
      ("response-rate interval=", nil),
      ("response-rate interval=w", "response-rate interval=wilson"),
      ("response-rate interval=c", "response-rate interval=clopper-pearson "),
      ("response-rate interval=wilson-", "response-rate interval=wilson-cc "),
      ("response-rate interval=wilson l", "response-rate interval=wilson level="),
      ("response-rate interval=wilson int", nil),
      ("response-rate fresh=y", "response-rate fresh=yes "),
      ("rate 15/30 co", "rate 15/30 control="), ("rate co", nil),
      ("response-rate control=n", "response-rate control=nk10"),
      ("response-rate control=nk105,nk106", "response-rate control=nk105,nk106 "),
      ("response-rate control=nk105,a", "response-rate control=nk105,arm:"),
      ("response-rate reference=pl", "response-rate reference=plugin:"),
      ("response-rate reference=plugin:g", "response-rate reference=plugin:gem "),
      ("response-rate reference=dataset:p\" ", "response-rate reference=\"dataset:p 012\" "),
      ("response-rate reference=\"dataset:p ", "response-rate reference=\"dataset:p 012\" "),
      ("show 1", nil), ("show 17", "show 17 "), ("help b", "help backtest "),
      ("audit v", "audit verify "), ("backtest g", "backtest gem "),
      ("import d", "import data/"), ("import data/c", "import data/c.csv "),
      ("import data/a", "import \"data/a b.csv\" "),
      ("import data/c.csv a", "import data/c.csv as "),
      ("import map=data/c", "import map=data/c.csv "), ("import impute=l", "import impute=last "),
      ("set lev", "set level="), ("set fresh=n", "set fresh=no "),
      ("\\ti", "\\timing "), ("\\timing of", "\\timing off "), ("\\x a", "\\x auto "),
      ("\\h back", "\\h backtest "), ("\\format m", "\\format markdown "),
      ("plot la", "plot last "), ("plot 17 w", "plot 17 waterfall "),
      ("plot last f", "plot last forest "), ("plot 12 f", nil),
      ("nonsense x", nil), ("response-rate # int", nil), ("response-rate x=y x=z i", nil),
      ("response-rate µ", nil), ("zzz", nil),
    ] as [(String, String?)])
  func completes(line: String, expected: String?) {
    let completion = Self.engine.complete(line)
    let kept = line.unicodeScalars.dropLast(completion.replaced)
    #expect(completion.insertion.map { String(kept) + $0 } == expected)
  }

  @Test(
    arguments: [
      ("response-rate interval=w", ["wilson", "wilson-cc"]),
      ("response-rate interval=", ["clopper-pearson", "wilson", "wilson-cc"]),
      (
        "response-rate interval=wilson ",
        ["aipac", "p011", "p 012", "level", "control", "reference", "fresh"]
      ),
      ("response-rate reference=plugin:", ["plugin:gem", "plugin:pac"]), ("show ", ["17", "16"]),
      ("plot ", ["17", "16", "last"]), ("plot 16 ", ["curve"]),
      ("audit ", ["verify", "export"]), ("\\pset ", ["pager", "on", "off"]),
      ("import data/", ["data/a b.csv", "data/c.csv"]),
      ("\\t", ["\\timing"]), ("import impute=", ["first", "last"]),
    ] as [(String, [String])])
  func lists(line: String, candidates: [String]) {
    #expect(Self.engine.complete(line).candidates == candidates)
  }

  @Test(
    arguments: [
      ("response-rate ", ["response-rate [DATASET|X/N] [interval=METHOD]"]),
      ("response-rate l", []),
      (
        "response-rate level=",
        [
          "level=: a probability strictly between 0 and 1 (0.95 unless given). Confidence."
        ]
      ),
      ("backtest ", ["backtest patients=N", "patients=: a whole number, 1 or more. How many."]),
      ("backtest patients=3 ", ["backtest patients=N"]),
      ("\\x ", ["\\x  [on|off|auto]  write tables as records, a field a line"]),
    ] as [(String, [String])])
  func hints(line: String, hint: [String]) {
    #expect(Self.engine.complete(line).hint == hint)
  }

  @Test func doesWithoutACatalog() {
    let engine = CompletionEngine(catalog: nil)
    #expect(engine.complete("resp") == .none)
    #expect(engine.complete("response-rate ") == .none)
    #expect(engine.complete("ex").insertion == "exit ")
  }
}
