internal import FoundationEssentials

/// Makes a data set of source files.
///
/// What each file is, is decided in this order:
/// 1. a file the mapping names is read by the mapping;
/// 2. a table whose `DOMAIN` column says DM, EX, TU, TR, RS, LB, CP or IS is that SDTM domain; one
///    named after one of them or after ADSL, ADEX, ADTR, ADRS, ADTTE, ADLB or ADIS (`adtr.csv`,
///    `adam_adtr_onco.csv`, a member ADTR) is that, and so is one with columns only one of them
///    has (`TUTESTCD`, `EXSTDTC`, `CNSR`, …);
/// 3. a file named after a table of the schema (`measurement.csv`) fills that table;
/// 4. otherwise the table whose required columns the header has, if there is exactly one with the
///    most columns in common.
///
/// In place of `day` a table in our schema may have a column `date`, counted from the subject's
/// `first_dose` (or from `origin=COLUMN`). A folder stands for the `.csv`, `.xpt`, `.json` and
/// `.ndjson` files in it.
///
/// The new file appears once everything in it is checked: whole, or not at all.
public struct Importer: Sendable {
  public static let version = "1"

  /// `isCancelled` is asked after every four mebibytes that are read and between the steps.
  ///
  /// - Throws: ``ImportFailure/badInput(problems:count:)`` with every problem,
  ///   ``ImportFailure/cannotWrite(folder:reason:)``, or ``ImportFailure/cancelled``; nothing is
  ///   left in the folder then.
  public static func importFiles(
    _ paths: [String], mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions(),
    into folder: String, isCancelled: @escaping () -> Bool = { false }
  ) throws(ImportFailure) -> ImportReport {
    func goOn() throws(ImportFailure) { if isCancelled() { throw .cancelled } }
    let problems = ProblemList()
    let choice = ColumnChoice(mapping: mapping, origin: options.origin)
    let sources = read(paths, options, choice, problems, isCancelled)
    try goOn()
    let stage = Stage(options: options, problems: problems)
    SourceRouter(sources, mapping: mapping, stage: stage).fill()
    try goOn()
    let check = StageCheck(stage, knowsAllRows: !sources.contains(where: \.hasDroppedRows))
    check.deriveSubjects()
    try goOn()
    let files = Self.files(of: sources)
    let about = AboutRows(sources: files, mapping: mapping, stage: stage)
    let written = try DatasetWriter(stage, about: about.rows).write(into: folder, after: check)
    return ImportReport(
      hash: written.hash, path: written.path, wasPresent: written.wasPresent,
      counts: TrialTable.allCases.map { .init(table: $0, rows: stage.rowCount($0)) },
      sources: files, notes: stage.notes)
  }

  /// Each file once, however many tables it holds.
  private static func files(of sources: [SourceTable]) -> [ImportReport.Source] {
    var names: Set<String> = []
    return sources.map(\.source).filter { names.insert($0.name).inserted }
  }

  private static func read(
    _ paths: [String], _ options: ImportOptions, _ choice: ColumnChoice, _ problems: ProblemList,
    _ isCancelled: @escaping () -> Bool
  ) -> [SourceTable] {
    if paths.isEmpty {
      problems.add(
        ImportProblem(file: "import", finding: .condition("no files"), expected: "at least one"))
    }
    var names: Set<String> = []
    return paths.flatMap { expand($0, problems) }.flatMap { path -> [SourceTable] in
      let file = SourceFile(
        path: path, sizeLimitBytes: options.fileSizeLimitBytes, isCancelled: isCancelled)
      guard names.insert(file.name).inserted else {
        problems.add(
          ImportProblem(
            file: file.name, finding: .condition("two files of this name"),
            expected: "each name once"))
        return []
      }
      return file.read(problems, choice: choice)
    }
  }

  /// The files a path stands for.
  private static func expand(_ path: String, _ problems: ProblemList) -> [String] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      return [path]
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let files = names.filter { SourceFile.endings.contains(SourceFile.ending(of: $0)) }.sorted()
    if files.isEmpty {
      problems.add(
        ImportProblem(
          file: path, finding: .condition("no .csv, .xpt, .json or .ndjson file"),
          expected: "a folder with some"))
    }
    return files.map { "\(path)/\($0)" }
  }
}
