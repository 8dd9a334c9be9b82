import JSON
package import PluginProtocol

extension ResultDocument {
  /// The numbers of a result as CSV (RFC 4180: CRLF, quotes doubled), with every digit.
  ///
  /// A section each for estimates, tests and every table; notes when there is nothing else. One
  /// section is plain CSV: a header and rows. Several are written one after the other, each
  /// after a line that holds only its name, with an empty line between. A missing value is an
  /// empty field and an empty text is `""`; numbers that are not finite are NaN, Inf and -Inf, as
  /// R and pandas read them.
  package var csv: String {
    let sections = csvSections
    guard sections.count > 1 else { return sections.first?.text ?? "" }
    return sections.map { $0.name.csvField + "\r\n" + $0.text }.joined(separator: "\r\n")
  }

  private var csvSections: [CSVSection] {
    var sections: [CSVSection] = []
    if !estimates.isEmpty { sections.append(estimateSection) }
    if !tests.isEmpty { sections.append(testSection) }
    sections += tables.map {
      CSVSection(name: $0.name, header: $0.columns.map(\.name), rows: $0.rows)
    }
    if sections.isEmpty, !notes.isEmpty {
      sections.append(
        CSVSection(
          name: "notes", header: ["severity", "code", "text"],
          rows: notes.map { [.string($0.severity.rawValue), .string($0.code), .string($0.text)] }))
    }
    return sections
  }

  private var estimateSection: CSVSection {
    CSVSection(
      name: "estimates",
      header: [
        "name", "label", "group", "value", "unit", "status", "events", "total", "method", "level",
        "lower", "upper",
      ],
      rows: estimates.map { estimate in
        let interval = estimate.interval
        return [
          .string(estimate.name), .string(estimate.label), JSONValue(estimate.group),
          JSONValue(estimate.value), JSONValue(estimate.unit), JSONValue(estimate.status),
          JSONValue(estimate.count?.events), JSONValue(estimate.count?.total),
          JSONValue(interval?.method), JSONValue(interval?.level), JSONValue(interval?.lower),
          JSONValue(interval?.upper),
        ]
      })
  }

  private var testSection: CSVSection {
    CSVSection(
      name: "tests",
      header: [
        "name", "method", "alternative", "versus", "group", "statistic", "degrees_of_freedom",
        "p_value", "status",
      ],
      rows: tests.map { test in
        [
          .string(test.name), .string(test.method), .string(test.alternative),
          JSONValue(test.versus), JSONValue(test.group), JSONValue(test.statistic),
          JSONValue(test.degreesOfFreedom), JSONValue(test.pValue), JSONValue(test.status),
        ]
      })
  }
}

private struct CSVSection {
  let name: String
  let header: [String]
  let rows: [[JSONValue]]

  var text: String {
    let lines = [header.map(\.csvField)] + rows.map { $0.map(\.csvField) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}

extension JSONValue {
  fileprivate init(_ string: String?) { self = string.map(JSONValue.string) ?? .null }
  fileprivate init(_ number: Double?) { self = number.map { JSONValue($0) } ?? .null }
  fileprivate init(_ integer: Int?) { self = integer.map { .integer(Int64($0)) } ?? .null }

  fileprivate var csvField: String {
    switch self {
    case .null: return ""
    case .string(let string): return string.isEmpty ? "\"\"" : string.csvField
    default:
      if let events = self["events"]?.integer, let total = self["total"]?.integer {
        return "\(events)/\(total)"
      }
      return text.csvField
    }
  }
}

extension String {
  fileprivate var csvField: String {
    let isPlain = !unicodeScalars.contains { [",", "\"", "\r", "\n"].contains($0) }
    guard !isPlain else { return self }
    var quoted = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
