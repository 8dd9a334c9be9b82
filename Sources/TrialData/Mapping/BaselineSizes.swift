/// Sizes that percent changes refer to, by the value that matches a row to them.
final class BaselineSizes {
  let file: String
  let byMatch: [String: Double]

  /// Reads lengths; a row without one is left out, one that is no length is a problem.
  init(_ source: SourceTable, match: Int, size: Int, unit: ValueUnit, stage: Stage) {
    let converter = CellConverter(
      source, column: size, kind: .length, mapping: ValueMapping(unit: unit), stage: stage)
    var sizes: [String: Double] = [:]
    for row in 0..<source.rowCount {
      guard let name = source.text(row, match), let cell = converter.cell(row),
        cell != Cell.missing
      else { continue }
      let length = Cell.number(cell)
      if let other = sizes.updateValue(length, forKey: name), other != length {
        stage.problems.add(
          source.problem(
            row, match, .value(name), expected: "one size for each \(source.header[match])"))
      }
    }
    file = source.file
    byMatch = sizes
  }
}
