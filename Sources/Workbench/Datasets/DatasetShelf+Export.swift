import ClientProtocol
import Store
import TrialData

extension DatasetShelf {
  /// Writes a data set as files, and the fact into the audit trail; all of it or nothing.
  func export(
    _ dataset: DatasetRecord, _ request: ExportRequest, by caller: Caller
  ) async throws(CommandFailure) -> ExportReport {
    let path = path(of: dataset)
    let outcome = await blocking { () -> Result<ExportReport, CommandFailure> in
      do {
        let exporter = Exporter(
          try TrialDataset(path: path), format: request.format, layout: request.layout)
        return .success(try exporter.write(to: request.path, overwrites: request.overwrites))
      } catch {
        return .failure(CommandFailure(error, of: dataset, at: request.pathRange))
      }
    }
    let report = try outcome.get()
    let detail = "\(dataset.hash) as \(request.layout.rawValue) in \(request.format.rawValue)"
    do {
      try await store.note(.event(name: "export \(dataset.name)", detail: detail), by: caller)
    } catch {
      throw CommandFailure(error)
    }
    return report
  }
}

extension CommandFailure {
  /// Why nothing was exported.
  fileprivate init(_ error: any Error, of dataset: DatasetRecord, at range: Range<Int>?) {
    switch error {
    case ExportFailure.cannotCarry(let problems, let count):
      self.init(
        .exportFailed,
        "\(count) \(count == 1 ? "value" : "values") of \(dataset.name) cannot be written: "
          + "nothing was exported",
        at: range, expected: "another format, or a data set without them", problems: problems)
      if count > problems.count { self.problems.append("and \(count - problems.count) more") }
    case ExportFailure.fileExists(let path):
      self.init(
        .file, "\(path) is there already", at: range,
        expected: "another path, or force=yes to replace it")
    case ExportFailure.wrongEnding(_, let format):
      self.init(
        .file, "this path cannot take \(format.rawValue)", at: range,
        expected: format == .xpt ? "a folder, or a file ending in .xpt" : "a folder")
    case ExportFailure.readsBackDifferently:
      self.init(.exportFailed, "\(error)", at: range)
    default: self.init(.file, "\(error)", at: range)
    }
  }
}
