internal import Mustache
import PluginProtocol
import Rendering

extension Report {
  private typealias Values = [String: Any]

  /// The report as one page that loads nothing.
  func html(_ gnuplot: Gnuplot?) async throws(ReportingError) -> String {
    var runs: [Values] = []
    for (index, entry) in entries.enumerated() {
      runs.append(try await Self.values(entry, number: index + 1, gnuplot))
    }
    let values: Values = [
      "page": title.safe, "created": createdAt, "doublet": version.safe, "runs": runs,
      "contents": entries.count > 1 ? [["entries": runs]] as [Values] : [],
    ]
    MustacheContentTypes.register(ScalarHTML(), named: ReportTemplate.contentType)
    do {
      return try MustacheTemplate(string: ReportTemplate.text).render(values)
    } catch {
      throw .template(reason: "\(error)")
    }
  }

  private static func values(
    _ entry: Entry, number: Int, _ gnuplot: Gnuplot?
  ) async throws(ReportingError) -> Values {
    let document = entry.document
    var figures: [Values] = []
    for (index, figure) in document.figures.enumerated() {
      figures.append(await values(figure, name: "run\(number)-figure\(index + 1)", gnuplot))
    }
    return [
      "anchor": "run\(number)", "run": entry.run.safe, "heading": entry.title.safe,
      "command": entry.command.safe,
      "plan": optional(document.plan?.text),
      "primary": optional(document.primary.flatMap { $0.text.isEmpty ? nil : $0.text }),
      "figures": figures,
      "tables": document.reportTables.enumerated().map { index, table in
        values(table, name: "run\(number)-table\(index + 1)")
      },
      "notes": list(document.notes.map(values)),
      "methods": list(document.methods.map(values)),
      "citations": list(document.citations.map { ["citation": $0.safe] }),
      "facts": entry.facts.map { ["fact": $0.name, "value": $0.value.safe] as Values },
    ]
  }

  /// A section that is there only where the list has something.
  private static func list(_ items: [Values]) -> [Values] {
    items.isEmpty ? [] : [["items": items]]
  }

  private static func optional(_ text: String?) -> [Values] {
    text.map { [["text": $0.safe]] } ?? []
  }

  private static func values(
    _ figure: ResultDocument.Figure, name: String, _ gnuplot: Gnuplot?
  ) async -> Values {
    var values: Values = [
      "figure": name, "title": figure.title.safe,
      "description": optional(figure.alternativeText),
    ]
    do throws(ReportingError) {
      guard let gnuplot else { throw .noGnuplot }
      values["picture"] = [["svg": try await gnuplot.inlineSVG(figure, name: name)]] as [Values]
      values["drawing"] = [] as [Values]
    } catch {
      let lines = figure.lines(TextStyle(width: 100)).joined(separator: "\n")
      values["picture"] = [] as [Values]
      values["drawing"] = [["lines": lines, "reason": error.description]] as [Values]
    }
    return values
  }

  private static func values(_ table: ReportTable, name: String) -> Values {
    [
      "table": name, "caption": table.caption,
      "columns": table.columns.map { ["label": $0.label, "isNumber": $0.isNumber] as Values },
      "rows": table.rows.map { row in
        [
          "cells": zip(table.columns, row).enumerated().map { index, cell in
            [
              "cell": cell.1, "isHead": index == 0 && !cell.0.isNumber,
              "isNumber": cell.0.isNumber,
            ] as Values
          }
        ] as Values
      },
    ]
  }

  private static func values(_ note: Note) -> Values {
    let label =
      switch note.severity {
      case .info: ""
      case .caution: "Caution"
      case .warning: "Warning"
      }
    return [
      "severity": note.severity.rawValue, "label": label, "isLabeled": !label.isEmpty,
      "note": note.text.safeLines.joined(separator: " "),
    ]
  }

  private static func values(_ method: ResultDocument.MethodChoice) -> Values {
    ["topic": method.topic.safe, "choice": method.choice.safe, "source": optional(method.source)]
  }
}

/// Escapes every text of the page.
///
/// The library's own escaping goes by characters, and a quote with a combining mark behind it is
/// none it knows.
private struct ScalarHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { text.markupEscaped }
}
