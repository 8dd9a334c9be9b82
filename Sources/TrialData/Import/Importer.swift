internal import FoundationEssentials

/// Makes a data set of source files.
///
/// What each file is, is decided in this order:
/// 1. a file the mapping names is read by the mapping;
/// 2. a file whose `DOMAIN` column says DM, TU, TR or RS, or that has `TUTESTCD`, `TRTESTCD`,
///    `RSTESTCD`, or `USUBJID` with `RFSTDTC`, is that SDTM domain;
/// 3. a file named after a table of the schema (`measurement.csv`) fills that table;
/// 4. otherwise the table whose required columns the header has, if there is exactly one with the
///    most columns in common.
///
/// In place of `day` a table in our schema may have a column `date`, counted from the subject's
/// `first_dose` (or from `origin=COLUMN`). A folder stands for the `.csv` files in it.
///
/// Everything is checked before anything is written: the new file appears whole or not at all.
public struct Importer: Sendable {
  public static let version = "1"

  /// - Throws: ``ImportFailure/badInput(problems:count:)`` with every problem, or
  ///   ``ImportFailure/cannotWrite(folder:reason:)``; nothing is left in the folder then.
  public static func importFiles(
    _ paths: [String], mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions(),
    into folder: String
  ) throws(ImportFailure) -> ImportReport {
    let problems = ProblemList()
    let sources = read(paths, options, problems)
    let stage = Stage(options: options, problems: problems)
    SourceRouter(sources, mapping: mapping, stage: stage).fill()
    StageCheck(stage, knowsAllRows: !sources.contains(where: \.hasDroppedRows)).run()
    try problems.throwIfAny()
    let about = AboutRows(sources: sources, mapping: mapping, stage: stage)
    let written = try DatasetWriter(stage, about: about.rows).write(into: folder)
    return ImportReport(
      hash: written.hash, path: written.path, wasPresent: written.wasPresent,
      counts: TrialTable.allCases.map { .init(table: $0, rows: stage.rowCount($0)) },
      sources: sources.map { .init(name: $0.file, sha256: $0.sha256) }, notes: stage.notes)
  }

  private static func read(
    _ paths: [String], _ options: ImportOptions, _ problems: ProblemList
  ) -> [SourceTable] {
    if paths.isEmpty {
      problems.add(
        ImportProblem(file: "import", finding: .condition("no files"), expected: "at least one"))
    }
    var names: Set<String> = []
    return paths.flatMap { expand($0, problems) }.compactMap { path in
      let file = SourceFile(path: path, sizeLimitBytes: options.fileSizeLimitBytes)
      guard names.insert(file.name).inserted else {
        problems.add(
          ImportProblem(
            file: file.name, finding: .condition("two files of this name"),
            expected: "each name once"))
        return nil
      }
      return file.read(problems)
    }
  }

  /// The files a path stands for.
  private static func expand(_ path: String, _ problems: ProblemList) -> [String] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      return [path]
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let files = names.filter { $0.lowercased().hasSuffix(".csv") }.sorted()
    if files.isEmpty {
      problems.add(
        ImportProblem(
          file: path, finding: .condition("no .csv file"), expected: "a folder with some"))
    }
    return files.map { "\(path)/\($0)" }
  }
}
