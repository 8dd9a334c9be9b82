import JSON
import PluginProtocol
import TrialData

/// Looks for everything in a mapping that the decoder would trip over or pass over in silence.
struct MappingCheck {
  struct Problem: Sendable, Hashable {
    /// Keys and positions from the top of the file.
    var path: [String]
    var text: String
  }

  private(set) var problems: [Problem] = []

  mutating func check(_ json: JSONValue) {
    guard let top = json.object else { return add([], "expected a table") }
    refuseOthers(than: ["rows"], in: top, [])
    guard let rows = top["rows"]?.array, !rows.isEmpty else {
      return add(["rows"], "expected at least one [[rows]] block")
    }
    for (index, row) in rows.enumerated() { check(row: row, ["rows", String(index)]) }
  }

  private mutating func check(row: JSONValue, _ path: [String]) {
    guard let row = row.object else { return add(path, "expected a table") }
    refuseOthers(than: ["file", "table", "columns", "skip_missing"], in: row, path)
    requireText(row, "file", path)
    requireChoice(row, "table", TrialTable.allCases.map(\.rawValue), isRequired: true, path)
    if let skipped = row["skip_missing"], skipped.array?.allSatisfy({ $0.string != nil }) != true {
      add(path + ["skip_missing"], "skip_missing must be an array of texts")
    }
    guard let columns = row["columns"]?.object, !columns.isEmpty else {
      return add(path + ["columns"], "expected [rows.columns] with at least one column")
    }
    for (name, value) in columns.members { check(column: value, path + ["columns", name]) }
  }

  private mutating func check(column: JSONValue, _ path: [String]) {
    if column.string != nil { return }
    let name = path.last ?? ""
    guard let column = column.object else {
      return add(path, "\(name) must be the name of a column, or a table")
    }
    refuseOthers(
      than: ["column", "constant", "unit", "values", "percent_change_from"], in: column, path)
    for key in ["column", "constant"] where column[key] != nil { requireText(column, key, path) }
    if (column["column"] == nil) == (column["constant"] == nil) {
      add(path, "\(name) needs either column or constant")
    }
    requireChoice(column, "unit", ValueUnit.allCases.map(\.rawValue), isRequired: false, path)
    if let values = column["values"],
      values.object?.members.allSatisfy({ $0.value.string != nil }) != true
    {
      add(path + ["values"], "values must be a table of texts")
    }
    guard let baseline = column["percent_change_from"] else { return }
    let place = path + ["percent_change_from"]
    guard let baseline = baseline.object else {
      return add(place, "percent_change_from must be a table")
    }
    refuseOthers(than: ["file", "match", "column"], in: baseline, place)
    for key in ["file", "match", "column"] { requireText(baseline, key, place) }
  }
}

extension MappingCheck {
  private mutating func add(_ path: [String], _ text: String) {
    problems.append(Problem(path: path, text: text))
  }

  private mutating func refuseOthers(
    than known: [String], in object: JSONObject, _ path: [String]
  ) {
    for key in object.keys where !known.contains(key) {
      let nearest = known.nearest(to: key).map { "; did you mean \($0)?" } ?? ""
      add(
        path + [key], "unknown key \"\(key)\": expected \(known.joined(separator: ", "))\(nearest)")
    }
  }

  private mutating func requireText(_ object: JSONObject, _ key: String, _ path: [String]) {
    guard let value = object[key] else { return add(path, "\(key) is missing") }
    if value.string == nil { add(path + [key], "\(key) must be a text, not \(value.kind)") }
  }

  private mutating func requireChoice(
    _ object: JSONObject, _ key: String, _ choices: [String], isRequired: Bool, _ path: [String]
  ) {
    guard let value = object[key] else {
      if isRequired { add(path, "\(key) is missing") }
      return
    }
    if let text = value.string, choices.contains(text) { return }
    let expected = "expected one of \(choices.joined(separator: ", "))"
    let nearest = value.string.flatMap { choices.nearest(to: $0) }
    add(
      path + [key],
      "\(key) cannot be \(value.text): \(expected)\(nearest.map { "; did you mean \($0)?" } ?? "")")
  }
}
