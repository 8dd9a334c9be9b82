internal import FoundationEssentials
internal import Glibc

/// Writes a data set as files other programs read.
///
/// Everything is written beside its place, read back by ``Importer``, and compared by the hash of
/// the content before a name stands for it: `as=tables` gives the same data set or nothing; the
/// CDISC layouts have no place for some of our facts, and the report says which.
package struct Exporter {
  private let dataset: TrialDataset
  private let format: ExportFormat
  private let layout: ExportLayout

  package init(_ dataset: TrialDataset, format: ExportFormat, layout: ExportLayout = .tables) {
    self.dataset = dataset
    self.format = format
    self.layout = layout
  }

  /// Writes a folder of files, one a table, or one `.xpt` file of all.
  ///
  /// - Throws: ``ExportFailure``; no file was written or replaced then.
  package func write(to path: String, overwrites: Bool) throws(ExportFailure) -> ExportReport {
    let ending = SourceFile.ending(of: path.split(separator: "/").last.map(String.init) ?? path)
    let isFile = ending == "xpt" && format == .xpt
    guard isFile || !SourceFile.endings.contains(ending) else {
      throw .wrongEnding(path: path, format: format)
    }
    let folder = isFile ? Self.parent(of: path) : path
    let tables = try readTables()
    let files = try contents(tables, name: isFile ? Self.last(of: path) : nil)
    if !overwrites {
      for (name, _) in files where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
        throw .fileExists(path: "\(folder)/\(name)")
      }
    }
    let draft = try ExportDraft(files, in: folder)
    defer { draft.remove() }
    let (isSame, notes) = try readBack(draft, tables)
    try draft.publish()
    return ExportReport(
      files: files.map { .init(path: "\(folder)/\($0.name)", bytes: $0.bytes.count) },
      tables: tables.map {
        .init(name: $0.name, file: isFile ? Self.last(of: path) : name($0), rows: $0.rows.count)
      }, readsBackTheSame: isSame, notes: notes)
  }

  private func readTables() throws(ExportFailure) -> [ExportTable] {
    do throws(TrialDataError) {
      return switch layout {
      case .tables: try TablesLayout.tables(dataset)
      case .sdtm: try SDTMLayout(dataset).tables()
      case .adam: try ADaMLayout(dataset).tables()
      }
    } catch {
      throw .unreadable(error)
    }
  }

  private func name(_ table: ExportTable) -> String {
    "\(table.name.lowercased()).\(format.ending)"
  }

  /// The files; `name` is that of the one for all tables, if there is to be one.
  private func contents(
    _ tables: [ExportTable], name: String?
  ) throws(ExportFailure) -> [(name: String, bytes: [UInt8])] {
    var problems = ExportProblems()
    for table in tables { problems.check(table) }
    var files: [(name: String, bytes: [UInt8])] = []
    do throws(XPTRefusal) {
      if let name {
        files = [(name, try ExportFile.xpt(tables, &problems))]
      } else {
        for table in tables { files.append((self.name(table), try bytes(table, &problems))) }
      }
    } catch {
      problems.add("\(error)")
    }
    guard problems.count == 0 else {
      throw .cannotCarry(problems: problems.sentences, count: problems.count)
    }
    return files
  }

  private func bytes(
    _ table: ExportTable, _ problems: inout ExportProblems
  ) throws(XPTRefusal) -> [UInt8] {
    switch format {
    case .csv: ExportFile.csv(table)
    case .xpt: try ExportFile.xpt([table], &problems)
    case .datasetJSON: ExportFile.datasetJSON(table)
    }
  }

  /// Reads the draft as `import` would.
  private func readBack(
    _ draft: ExportDraft, _ tables: [ExportTable]
  ) throws(ExportFailure) -> (isSame: Bool, notes: [String]) {
    let own: String
    do throws(TrialDataError) {
      own = try dataset.contentHash()
    } catch {
      throw .unreadable(error)
    }
    let report: ImportReport
    do throws(ImportFailure) {
      report = try Importer.importFiles(draft.paths, into: draft.folder)
    } catch {
      let first = error.description.split(separator: "\n").first.map(String.init) ?? ""
      throw .readsBackDifferently(problem: first)
    }
    if report.hash == own { return (true, []) }
    if layout == .tables { throw .readsBackDifferently(problem: "another hash") }
    return (false, try losses(report))
  }

  /// Tables of which rows, or values in rows, did not come back.
  private func losses(_ report: ImportReport) throws(ExportFailure) -> [String] {
    do throws(TrialDataError) {
      let copy = try TrialDataset(path: report.path)
      var notes: [String] = []
      for table in TrialTable.allCases {
        let ours = try dataset.cells(of: table)
        let theirs = Set(try copy.cells(of: table))
        let lost = ours.count { !theirs.contains($0) }
        if lost > 0 {
          notes.append(
            "\(lost) of \(ours.count) rows of \(table.rawValue) do not come back from "
              + "\(layout.rawValue) as they were")
        }
      }
      return notes
    } catch {
      throw .unreadable(error)
    }
  }

  private static func parent(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.joined(separator: "/")
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  private static func last(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
