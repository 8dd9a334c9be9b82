/// Finds the source of each schema column, and says what of a mapping does not fit.
struct ColumnBinder {
  enum Binding {
    case absent
    case constant(Int64)
    case column(CellConverter)
    case change(CellConverter, BaselineSizes, match: Int)
  }

  private let mapping: RowMapping
  private let name: String
  private let source: SourceTable
  private let files: [String: SourceTable]
  private let stage: Stage

  init(
    _ mapping: RowMapping, named name: String, source: SourceTable, files: [String: SourceTable],
    stage: Stage
  ) {
    self.mapping = mapping
    self.name = name
    self.source = source
    self.files = files
    self.stage = stage
  }

  func bind(_ column: SchemaColumn) -> Binding {
    guard let value = mapping.columns[column.name] else {
      if column.isRequired {
        refuse(column, .missing, "a source for this column, which \(mapping.table.rawValue) needs")
      }
      return .absent
    }
    if let unit = value.unit, !unit.fits(value.percentChangeFrom == nil ? column.kind : .length) {
      refuse(column, .value(unit.rawValue), "a unit that fits the column")
      return .absent
    }
    switch (value.column, value.constant) {
    case (nil, let constant?): return bind(column, constant: constant)
    case (let name?, nil): return bind(column, value, to: name)
    case (nil, nil), (_?, _?):
      refuse(
        column, .condition("\(value.column == nil ? "neither" : "both")"), "a column or a constant")
      return .absent
    }
  }

  private func bind(_ column: SchemaColumn, constant: String) -> Binding {
    switch column.kind.cell(constant, names: stage.names) {
    case .success(let cell): return .constant(cell)
    case .failure(let refusal):
      refuse(column, .value(constant), refusal.expected)
      return .absent
    }
  }

  private func bind(_ column: SchemaColumn, _ value: ValueMapping, to name: String) -> Binding {
    guard let index = find(name, in: source, for: column) else { return .absent }
    guard let reference = value.percentChangeFrom else {
      return .column(
        CellConverter(source, column: index, kind: column.kind, mapping: value, stage: stage))
    }
    guard column.kind == .length, let file = files[reference.file] else {
      refuse(
        column, .value(reference.file),
        column.kind == .length ? "the name of an imported file" : "a length to compute")
      return .absent
    }
    guard let match = find(reference.match, in: source, for: column),
      let otherMatch = find(reference.match, in: file, for: column),
      let size = find(reference.column, in: file, for: column)
    else { return .absent }
    let converter = CellConverter(
      source, column: index, kind: .number, mapping: ValueMapping(values: value.values),
      stage: stage)
    let sizes = BaselineSizes(
      file, match: otherMatch, size: size, unit: value.unit ?? .millimeters, stage: stage)
    return .change(converter, sizes, match: match)
  }

  private func find(_ name: String, in source: SourceTable, for column: SchemaColumn) -> Int? {
    if let index = source.column(name) { return index }
    refuse(column, .value(name), "a column of \(source.file): \(CellConverter.list(source.header))")
    return nil
  }

  /// Names of the mapping that are no columns of the schema.
  func checkNames() {
    let known = mapping.table.columns.map(\.name)
    for unknown in (Array(mapping.columns.keys) + mapping.skipMissing).sorted()
    where !known.contains(unknown) {
      stage.problems.add(
        ImportProblem(
          file: name, column: "\(mapping.file), \(mapping.table.rawValue)",
          finding: .value(unknown), expected: "one of \(known.joined(separator: ", "))"))
    }
  }

  private func refuse(
    _ column: SchemaColumn, _ finding: ImportProblem.Finding, _ expected: String
  ) {
    stage.problems.add(
      ImportProblem(
        file: name, column: "\(mapping.file), \(mapping.table.rawValue).\(column.name)",
        finding: finding, expected: expected))
  }
}
