/// Decides what each file is and has it read.
struct SourceRouter {
  private let sources: [SourceTable]
  private let mapping: ColumnMapping?
  private let stage: Stage

  init(_ sources: [SourceTable], mapping: ColumnMapping?, stage: Stage) {
    self.sources = sources
    self.mapping = mapping
    self.stage = stage
  }

  func fill() {
    let files = Dictionary(sources.map { ($0.file, $0) }) { first, _ in first }
    var blocks = mappedBlocks(files)
    var domains: [(CDISCDomain, SourceTable)] = []
    let mapped = mappedFiles
    for source in sources where !mapped.contains(source.file) {
      if let domain = CDISCDomain(of: source) {
        domains.append((domain, source))
      } else if let table = SchemaFile.table(of: source, problems: stage.problems) {
        let file = SchemaFile(source, table: table)
        file.checkHeader(stage)
        if let block = file.mapping {
          blocks.append((block, source.file))
        } else {
          stage.leaveUnread(table)
        }
      }
    }
    fill(blocks, files)
    if !domains.isEmpty { CDISCReader(domains, stage: stage).read() }
    noteImputedDates()
  }

  /// Files the mapping reads rows or sizes from.
  private var mappedFiles: Set<String> {
    let rows = mapping?.rows ?? []
    let sizes = rows.flatMap(\.columns.values).compactMap(\.percentChangeFrom?.file)
    return Set(rows.map(\.file) + sizes)
  }

  private func mappedBlocks(_ files: [String: SourceTable]) -> [(RowMapping, String)] {
    guard let mapping else { return [] }
    for rows in mapping.rows where files[rows.file] == nil {
      stage.problems.add(
        ImportProblem(
          file: mapping.name, column: "file", finding: .value(rows.file),
          expected: "the name of an imported file"))
    }
    return mapping.rows.filter { files[$0.file] != nil }.map { ($0, mapping.name) }
  }

  /// Subjects first: their dates of day 0 are what other dates are counted from.
  private func fill(_ blocks: [(RowMapping, String)], _ files: [String: SourceTable]) {
    readOrigins(blocks, files)
    for table in TrialTable.allCases {
      for (rows, name) in blocks where rows.table == table {
        guard let source = files[rows.file] else { continue }
        let reader = RowReader(rows, named: name, source: source, files: files, stage: stage)
        guard let reader else {
          stage.leaveUnread(table)
          continue
        }
        reader.read()
      }
      if table == .subject, stage.options.origin == nil { takeFirstDoses() }
    }
  }

  /// Reads the column `origin=COLUMN` names, wherever a file has it beside a subject.
  private func readOrigins(_ blocks: [(RowMapping, String)], _ files: [String: SourceTable]) {
    guard let origin = stage.options.origin else { return }
    var found = false
    for source in sources {
      let subjectNames =
        blocks.filter { $0.0.file == source.file }.compactMap { $0.0.columns["subject"]?.column }
        + ["subject", "USUBJID"]
      guard let column = source.column(origin), let subject = source.column(anyOf: subjectNames)
      else { continue }
      found = true
      OriginColumn(source, subject: subject, date: column, stage: stage).read()
    }
    if !found, !sources.isEmpty {
      stage.problems.add(
        ImportProblem(
          file: "import", column: "origin", finding: .value(origin),
          expected: "a column of a file with subjects"))
    }
  }

  private func takeFirstDoses() {
    let subjects = stage.table(.subject)
    guard let column = TrialTable.subject.position(of: "first_dose") else { return }
    for row in 0..<subjects.rowCount {
      guard let text = stage.text(subjects.cell(row, column)), let date = CalendarDate(text)
      else { continue }
      stage.origins[subjects.cell(row, 0)] = date.ordinal
    }
  }

  private func noteImputedDates() {
    guard let rule = stage.options.impute, stage.imputedDates > 0 else { return }
    stage.note(
      "\(stage.imputedDates) partial dates were completed by impute=\(rule.rawValue)")
  }
}
