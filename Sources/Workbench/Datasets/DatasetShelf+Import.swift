import ClientProtocol
import Glibc
import JSON
import Store
import TrialData

/// What an import added to the catalog.
struct ImportedDataset: Sendable {
  var record: DatasetRecord
  var report: ImportReport
  /// Whether the very same content already had this name.
  var wasPresent: Bool
}

extension DatasetShelf {
  /// Reads the files and adds them under the name; all of it or nothing.
  func add(
    _ request: ImportRequest, by caller: Caller
  ) async throws(CommandFailure) -> ImportedDataset {
    let outcome = await changes.with { () async -> Result<ImportedDataset, CommandFailure> in
      do throws(CommandFailure) {
        return .success(try await addAlone(request, by: caller))
      } catch {
        return .failure(error)
      }
    }
    guard let outcome else { throw CommandFailure(.cancelled, "the import was cancelled") }
    return try outcome.get()
  }

  private func addAlone(
    _ request: ImportRequest, by caller: Caller
  ) async throws(CommandFailure) -> ImportedDataset {
    let folder = self.folder
    let report = try await blocking { isCancelled in
      Self.importFiles(request, into: folder, isCancelled)
    }.get()
    if let existing = try find(request.name) {
      try removeOrphan(report)
      guard existing.hash == report.hash else {
        throw CommandFailure(
          .datasetExists, "there is already a data set \(request.name) with other content",
          at: request.nameRange, expected: "another name, or drop \(request.name) first")
      }
      return ImportedDataset(record: existing, report: report, wasPresent: true)
    }
    let record = Self.record(report, name: request.name, by: caller)
    do {
      if Task.isCancelled { throw CommandFailure(.cancelled, "the import was cancelled") }
      try await store.add(record, by: caller)
    } catch {
      try removeOrphan(report)
      throw (error as? StoreError).map(CommandFailure.init) ?? (error as? CommandFailure)
        ?? CommandFailure(.internal, "\(error)")
    }
    return ImportedDataset(record: record, report: report, wasPresent: false)
  }

  /// Removes the file just made if no name stands for it.
  private func removeOrphan(_ report: ImportReport) throws(CommandFailure) {
    do {
      if !report.wasPresent, try store.dataset(hash: report.hash) == nil {
        unsafe unlink(report.path)
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func importFiles(
    _ request: ImportRequest, into folder: String, _ isCancelled: @escaping () -> Bool
  ) -> Result<ImportReport, CommandFailure> {
    do throws(CommandFailure) {
      guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
        throw CommandFailure(
          .file,
          "cannot make the folder of the data sets: \(unsafe String(cString: strerror(errno)))")
      }
      let mapping = try request.mapping.map { path throws(CommandFailure) in
        try MappingFile.read(path, at: request.mappingRange)
      }
      do {
        return .success(
          try Importer.importFiles(
            request.paths, mapping: mapping, options: request.options, into: folder,
            isCancelled: isCancelled))
      } catch {
        throw CommandFailure(error, of: request)
      }
    } catch {
      return .failure(error)
    }
  }

  private static func record(
    _ report: ImportReport, name: String, by caller: Caller
  ) -> DatasetRecord {
    let tables = report.counts.filter { $0.rows > 0 }.map {
      ($0.table.rawValue, JSONValue.integer(Int64($0.rows)))
    }
    let sources: [JSONValue] = report.sources.map {
      ["name": .string($0.name), "sha256": .string($0.sha256)]
    }
    return DatasetRecord(
      name: name, hash: report.hash,
      file: report.path.split(separator: "/").last.map(String.init) ?? report.path,
      importedAt: .now(), importedBy: caller.user,
      subjects: report.counts.first { $0.table == .subject }?.rows ?? 0,
      tables: JSONValue.object(JSONObject(tables)).text, sources: JSONValue.array(sources).text,
      notes: JSONValue.array(report.notes.map(JSONValue.string)).text)
  }
}

extension CommandFailure {
  /// Why nothing was imported, with the first hundred problems.
  init(_ failure: ImportFailure, of request: ImportRequest) {
    switch failure {
    case .badInput(let problems, let count):
      let files = request.paths.count == 1 ? request.paths[0] : "\(request.paths.count) files"
      self.init(
        .importFailed,
        "\(count) \(count == 1 ? "problem" : "problems") in \(files): nothing was imported",
        at: request.pathRange,
        problems: problems.prefix(ImportFailure.printedProblems).map(\.description))
      if count > self.problems.count {
        self.problems.append("and \(count - self.problems.count) more problems")
      }
    case .cannotWrite: self.init(.file, "\(failure)")
    case .cancelled: self.init(.cancelled, "\(failure)")
    }
  }
}
