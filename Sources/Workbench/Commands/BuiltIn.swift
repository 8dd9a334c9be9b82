import ClientProtocol
import JSON
import PluginProtocol
import TrialData

/// A command the daemon answers itself.
///
/// The order of the cases is the order of help.
enum BuiltIn: String, Sendable, CaseIterable {
  case `import`, export, datasets, describe, use, drop
  case runs, show, plot, report, rerun, cancel, plan, audit
  case help, plugins, selfcheck, set, status

  /// The heading it stands under in help.
  var group: String {
    switch self {
    case .import, .export, .datasets, .describe, .use, .drop: "Data"
    case .runs, .show, .plot, .report, .rerun, .cancel, .plan, .audit: "Runs"
    case .help, .plugins, .selfcheck, .set, .status: "Session"
    }
  }

  var summary: String {
    switch self {
    case .import: "Read files into a new data set"
    case .export: "Write a data set as files"
    case .datasets: "List the data sets"
    case .describe: "Say what a data set holds"
    case .use: "Choose the session's data set"
    case .drop: "Remove a data set that no run cites"
    case .runs: "List the latest runs"
    case .show: "Show the result of a run again"
    case .plot: "Draw the figures of a run, or write one into a file"
    case .report: "Write runs as one page to show: HTML, Markdown, or RTF for Word"
    case .rerun: "Compute a run again and compare, bit for bit"
    case .cancel: "Cancel a run that has not ended"
    case .plan: "Register a pre-specified analysis, show the plans, or run one"
    case .audit: "Show the audit trail, or verify it"
    case .help: "List the commands, or explain one"
    case .plugins: "List, reload, examine or begin plugins"
    case .selfcheck: "Run the shipped reference cases and file a dated record"
    case .set: "List, set or clear this session's default parameters"
    case .status: "Say how the daemon is doing"
    }
  }

  var usage: String {
    switch self {
    case .import: "import PATH… as NAME [map=FILE] [origin=COLUMN] [impute=first|middle|last]"
    case .export:
      "export [NAME] to=PATH [format=csv|xpt|dataset-json] [as=tables|sdtm|adam] [force=yes|no]"
    case .datasets: "datasets"
    case .describe: "describe NAME"
    case .use: "use NAME"
    case .drop: "drop NAME"
    case .runs: "runs [limit=20]"
    case .show: "show RUN"
    case .plot: "plot RUN|last [FIGURE] [to=FILE] [force=yes|no]"
    case .report: "report FILE [RUN…|last] [force=yes|no]"
    case .rerun: "rerun RUN"
    case .cancel: "cancel RUN"
    case .plan: "plan [FILE|NAME [run [DATASET]]]"
    case .audit: "audit [verify] [limit=20]"
    case .help: "help [COMMAND]"
    case .plugins:
      "plugins [reload | check FOLDER | new regimen|swift|python|r NAME [to=FOLDER]]"
    case .selfcheck: "selfcheck [ANALYSIS…]"
    case .set: "set [KEY=VALUE…]"
    case .status: "status"
    }
  }

  var parameters: [ParameterDeclaration] {
    switch self {
    case .import: Self.importParameters
    case .export: Self.exportParameters
    case .runs: [Self.limit("How many runs to list")]
    case .plot:
      [
        ParameterDeclaration(
          name: "to", type: .text, help: "The FILE to write, ending in .svg, .pdf or .png"),
        Self.force("Whether to replace a file that is there already"),
      ]
    case .report: [Self.force("Whether to replace a file that is there already")]
    case .plugins:
      [
        ParameterDeclaration(
          name: "to", type: .text,
          help: "The folder a new plugin's folder is made in; by default where they are found")
      ]
    case .audit: [Self.limit("How many rows to list")]
    default: []
    }
  }

  var examples: [String] {
    switch self {
    case .import:
      [
        "import subject.csv assessment.csv as p011",
        "import trial.csv as p011 map=trial.toml impute=middle",
      ]
    case .export:
      [
        "export p011 to=p011-csv", "export p011 to=p011.xpt format=xpt",
        "export p011 to=submission format=dataset-json as=sdtm",
      ]
    case .describe: ["describe p011"]
    case .use: ["use p011"]
    case .drop: ["drop p011"]
    case .runs: ["runs limit=5"]
    case .show: ["show 12"]
    case .plot: ["plot 12", "plot last waterfall", "plot 12 waterfall to=waterfall.pdf"]
    case .report: ["report trial.html", "report trial.html 12 15 16", "report tables.rtf last"]
    case .rerun: ["rerun 12"]
    case .cancel: ["cancel 12"]
    case .plan: ["plan primary.toml", "plan", "plan primary", "plan primary run p011"]
    case .audit: ["audit limit=50", "audit verify"]
    case .help: ["help import"]
    case .plugins: ["plugins reload", "plugins new python win-ratio", "plugins check win-ratio"]
    case .selfcheck: ["selfcheck", "selfcheck response-rate"]
    case .set: ["set level=0.9 conventions=r", "set level="]
    case .datasets, .status: []
    }
  }

  /// What help adds, a paragraph each.
  var details: [String] {
    switch self {
    case .plan:
      [
        "A plan is a TOML file with title, analysis and [parameters], and where wanted name, author, "
          + "text, dataset and seed; what it does not say has the analysis's own default.",
        "Registering it puts its SHA-256 into the audit trail for good. A result then says whether it "
          + "was planned before its data were first imported, planned after them, or deviates, and "
          + "in what; ANALYSIS DATASET plan=NAME does the same with parameters of your own.",
      ]
    case .plot:
      [
        "Without to= the figures are drawn on the terminal; files are drawn by gnuplot. A relative "
          + "path is below the client's folder."
      ]
    case .report:
      [
        "The page holds everything it shows, figures included, and loads nothing: what was asked, the "
          + "data with its hash and sources, results, method cards, notes, and what reproduces each. "
          + "Without RUN it is about the one this session was answered last."
      ]
    case .selfcheck:
      [
        "The cases are files beside each plugin, selfcheck/*.csv, and run through the installed "
          + "plugins. The record, Markdown for people and JSON for programs, is filed below the data "
          + "folder; its SHA-256 is in the audit trail. A case that fails fails the command."
      ]
    case .plugins:
      [
        "new writes a complete plugin that works, with its test and a README that says what to "
          + "change: a regimen without code, or an analysis in Swift, Python or R.",
        "check FOLDER runs the plugin by itself through every rule a plugin keeps, and says of each "
          + "that is broken what was found and where to look. A plugin that is installed may be "
          + "named by its id; one that reads data is examined on the session's data set.",
      ]
    case .describe:
      [
        "Baseline is each target lesion's last reading up to day 0; numbers are medians with their "
          + "range."
      ]
    default: []
    }
  }

  /// What a bare word may name, for completion.
  var words: [String] {
    switch self {
    case .import: ["path", "as"]
    case .export, .describe, .use, .drop: ["dataset"]
    case .show, .rerun, .cancel: ["run"]
    case .plot: ["run", "last", "figure"]
    case .report: ["path", "run", "last"]
    case .plan: ["path", "run", "dataset"]
    case .audit: ["verify"]
    case .help: ["command"]
    case .plugins: ["reload", "check", "new", "path"]
    case .selfcheck: ["analysis"]
    case .datasets, .runs, .set, .status: []
    }
  }

  var declaration: CommandDeclaration {
    CommandDeclaration(
      name: rawValue, summary: summary, usage: usage,
      data: words == ["dataset"] ? .required : .none,
      parameters: parameters, examples: examples, words: words)
  }
}

extension BuiltIn {
  private static let importParameters = [
    ParameterDeclaration(
      name: "map", type: .text, help: "A TOML file that says which columns fill which tables"),
    ParameterDeclaration(
      name: "origin", type: .text,
      help: "The column with each subject's date of day 0, instead of the first dose"),
    ParameterDeclaration(
      name: "impute", type: .choice, help: "How dates without day or month are completed",
      choices: ["first", "middle", "last"]),
  ]

  private static let exportParameters = [
    ParameterDeclaration(
      name: "to", type: .text, help: "A folder for a file a table, or one .xpt file for all",
      required: true),
    ParameterDeclaration(
      name: "format", type: .choice, help: "How files are written", default: "csv",
      choices: ExportFormat.allCases.map(\.rawValue)),
    ParameterDeclaration(
      name: "as", type: .choice,
      help: "Our tables, which read back as the same data set, or CDISC's", default: "tables",
      choices: ExportLayout.allCases.map(\.rawValue)),
    force("Whether to replace files that are there already"),
  ]

  private static func force(_ help: String) -> ParameterDeclaration {
    ParameterDeclaration(name: "force", type: .flag, help: help, default: false)
  }

  private static func limit(_ help: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "limit", type: .count, help: help, default: 20, minimum: 1, maximum: 10_000)
  }
}
