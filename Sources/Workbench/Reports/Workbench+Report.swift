import ClientProtocol
import JSON
import PluginProtocol
import Reporting
import Store

extension Workbench {
  /// Writes runs as one page.
  func report(_ request: ReportRequest) async throws(CommandFailure) -> ResultDocument {
    try request.file.checkIsFree()
    var entries: [Report.Entry] = []
    for run in request.runs { entries.append(try entry(try finishedRun(run))) }
    let report = Report(
      createdAt: Timestamp.now().description, version: settings.version, entries: entries)
    let gnuplot: Gnuplot?
    do throws(ReportingError) {
      gnuplot = try self.gnuplot()
    } catch {
      gnuplot = nil
    }
    let bytes: [UInt8]
    do {
      bytes = try await report.written(as: request.format, gnuplot)
    } catch {
      throw CommandFailure(.figureFailed, error.description)
    }
    try request.file.write(bytes)
    let runs = entries.map(\.run).joined(separator: ", ")
    var document = ResultDocument.written(
      request.file.path, bytes.count, "The report on run\(entries.count == 1 ? "" : "s") \(runs)",
      by: .report)
    if gnuplot == nil, entries.contains(where: { !$0.document.figures.isEmpty }) {
      document.warn("report.no-gnuplot", ReportingError.noGnuplot.description)
    }
    return document
  }

  private func entry(_ record: RunRecord) throws(CommandFailure) -> Report.Entry {
    let request = record.request
    let document = try Self.document(record)
    let closing: AuditRow?
    do {
      closing = try store.closingRow(of: record.id)
    } catch {
      throw CommandFailure(error)
    }
    return Report.Entry(
      run: record.id.description, document: document, command: request.command,
      reproduction: reproduction(of: document, request), user: request.caller.user,
      finishedAt: (record.endedAt ?? record.createdAt).description,
      plugin: .init(
        id: request.pluginID, version: request.pluginVersion, hash: request.pluginHash),
      dataset: try request.datasetHash.map { hash throws(CommandFailure) in
        try provenance(hash, name: document.dataset?.name)
      },
      secondDataset: try request.secondDataset.map { second throws(CommandFailure) in
        try provenance(second.hash, name: second.name)
      },
      audit: closing.map { .init(row: String($0.sequence), hash: $0.hash) })
  }

  /// Where a data set came from; of one that is gone only the hash is known.
  private func provenance(
    _ hash: String, name: String?
  ) throws(CommandFailure) -> Report.Provenance {
    let all = try shelf.all().filter { $0.hash == hash }
    guard let record = all.first(where: { $0.name == name }) ?? all.first else {
      return Report.Provenance(name: name ?? "a data set that is gone", hash: hash)
    }
    let sources = (try? JSONValue(parsing: record.sources))?.array ?? []
    let tables = (try? JSONValue(parsing: record.tables))?.object ?? JSONObject()
    let notes = (try? JSONValue(parsing: record.notes))?.array ?? []
    return Report.Provenance(
      name: name ?? record.name, hash: hash,
      imported: "\(record.importedAt) by \(record.importedBy)", subjects: record.subjects,
      tables: tables.members.map { "\($0.key) \($0.value.text)" },
      sources: sources.map {
        .init(name: $0["name"]?.string ?? "", hash: $0["sha256"]?.string ?? "")
      }, notes: notes.compactMap(\.string))
  }

  /// The line that asks for the same again, with every parameter spelled out.
  private func reproduction(of document: ResultDocument, _ request: Store::RunRequest) -> String {
    let declared = commands.analysis(document.analysis)?.declaration.parameters ?? []
    var words = [document.analysis]
    if let dataset = document.dataset { words.append("dataset=" + dataset.name.commandToken) }
    for (key, value) in document.parameters.object.members where value != .null {
      // Durations are kept in days and typed with their unit.
      let isDuration = declared.first { $0.name == key }?.type == .duration
      let text = ResultDocument.shown(value) + (isDuration && value.string == nil ? "d" : "")
      words.append(key + "=" + text.commandToken)
    }
    if let seed = request.seed { words.append("seed=" + seed) }
    return (words + ["fresh=yes"]).joined(separator: " ")
  }
}
