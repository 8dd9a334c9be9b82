import PluginProtocol
import Rendering

extension Report {
  /// The report in rich text, for Word: real tables, and figures as pictures.
  func richText(_ gnuplot: Gnuplot?) async throws(ReportingError) -> String {
    var text = RichText()
    text.paragraph(title.safe, .title)
    text.paragraph("Written \(createdAt) by doublet \(version.safe).", .small)
    for entry in entries {
      await Self.write(entry, gnuplot, into: &text)
    }
    return text.document
  }

  private static func write(
    _ entry: Entry, _ gnuplot: Gnuplot?, into text: inout RichText
  ) async {
    let document = entry.document
    text.paragraph("\(entry.title.safe) (run \(entry.run.safe))", .heading)
    if let plan = document.plan { text.paragraph(plan.text.safe, .body) }
    if let primary = document.primary { text.paragraph(primary.text.safe, .strong) }
    for table in document.reportTables { text.table(table) }
    for figure in document.figures { await write(figure, gnuplot, into: &text) }
    text.list(
      "Notes",
      document.notes.map { note in
        let label =
          switch note.severity {
          case .info: ""
          case .caution: "Caution. "
          case .warning: "Warning. "
          }
        return label + note.text.safeLines.joined(separator: " ")
      })
    text.list(
      "Method card",
      document.methods.map { method in
        "\(method.topic): \(method.choice)\(method.source.map { " (\($0))" } ?? "")".safe
      })
    text.list("References", document.citations.map(\.safe))
    text.list("Provenance", entry.facts.map { "\($0.name): \($0.value.safe)" })
  }

  private static func write(
    _ figure: ResultDocument.Figure, _ gnuplot: Gnuplot?, into text: inout RichText
  ) async {
    text.paragraph(figure.title.safe, .caption)
    do throws(ReportingError) {
      guard let gnuplot else { throw .noGnuplot }
      text.picture(try await gnuplot.draw(figure, as: .png))
    } catch {
      text.paragraph(error.description + ".", .small)
    }
    if let words = figure.alternativeText { text.paragraph(words.safe, .small) }
  }
}
