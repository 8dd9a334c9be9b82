package import PluginProtocol

extension ResultDocument {
  /// The result for a person to read, on lines that end in a line feed.
  ///
  /// Order: title with the standing to a plan, the primary pair, the other estimates and tests,
  /// tables, figures, method card, notes, references, and which run it was. Estimates of fractions
  /// and counts are percentages to one
  /// decimal, p-values and other numbers have four significant digits (see ``NumberText``).
  package func text(_ style: TextStyle = TextStyle()) -> String {
    let sections = TextRenderer(document: self, style: style).sections.filter { !$0.isEmpty }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
      .withPlainSpaces
  }
}

/// Writes one document; every section is a block of lines.
private struct TextRenderer {
  let document: ResultDocument
  let style: TextStyle

  var sections: [[String]] {
    [head, primary, estimates, tests] + document.tables.map(table)
      + document.figureSections(style) + [methods, notes, citations, runLine]
  }

  // MARK: Head and primary pair

  private var head: [String] {
    let title = (document.title ?? document.analysis).safe.wrapped(to: style.width)
    let dataset = document.dataset.map { "Data set \($0.name.safe) (\($0.hash.safe.prefix(12)))" }
    let plan = document.plan?.text.safe.wrapped(to: style.width) ?? []
    return title.map(bold) + [dataset].compactMap { $0 } + plan
  }

  private var primary: [String] {
    guard let pair = document.primary else { return [] }
    let tests = primaryTests.flatMap { sentence($0).wrapped(to: room) }
    let body = primaryEstimates.table.lines(width: room) + tests
    let text = pair.text.isEmpty ? [] : pair.text.safeLines.flatMap(indented)
    let lines = text + body.map { "  " + $0 }
    return lines.isEmpty ? [] : [bold("Primary")] + lines
  }

  private func sentence(_ test: ResultDocument.TestResult) -> String {
    let versus = test.versus.map { " versus \($0.safe)" } ?? ""
    let group = test.group.map { " [\($0.safe)]" } ?? ""
    return "\(test.method.safe)\(group), \(test.alternative.safe)\(versus): p = \(test.pValueText)"
  }

  private var primaryEstimates: [ResultDocument.Estimate] {
    document.estimates.filter { $0.isPrimary(in: document) }
  }

  private var primaryTests: [ResultDocument.TestResult] {
    document.tests.filter { $0.method == document.primary?.test }
  }

  // MARK: Batteries and tables

  private var estimates: [String] {
    let others = document.estimates.filter { !$0.isPrimary(in: document) }
    guard !others.isEmpty else { return [] }
    let heading = primaryEstimates.isEmpty ? "Estimates" : "Other estimates"
    return [bold(heading)] + others.table.lines(width: room).map { "  " + $0 }
  }

  private var tests: [String] {
    let others = document.tests.filter { $0.method != document.primary?.test }
    guard !others.isEmpty else { return [] }
    let heading = primaryTests.isEmpty ? "Tests" : "Other tests"
    return [bold(heading)] + grid(others.table)
  }

  private func table(_ table: ResultDocument.ResultTable) -> [String] {
    // A command that answers one table has already said what it is.
    let isTitled = !table.title.isEmpty && table.title != document.title
    return (isTitled ? table.title.safe.wrapped(to: style.width).map(bold) : [])
      + grid(table.textTable)
  }

  private func grid(_ table: TextTable) -> [String] {
    guard !table.rows.isEmpty else {
      return (table.columns.isEmpty ? [] : table.lines(width: style.width)) + ["(no rows)"]
    }
    let isExpanded =
      switch style.expansion {
      case .off: false
      case .on: true
      case .auto: !table.fits(style.width)
      }
    return isExpanded ? table.records(width: style.width) : table.lines(width: style.width)
  }

  // MARK: Method card, notes, references, run

  private var methods: [String] {
    guard !document.methods.isEmpty else { return [] }
    let shown = document.methods.filter { style.expansion == .on || isQuoted($0) }
    let left = document.methods.count - shown.count
    let card = TextTable(
      columns: [.init(label: "", isAlignedRight: false), .init(label: "", isAlignedRight: false)],
      rows: shown.map { method in
        [method.topic.safe, method.choice.safe + (method.source.map { " (\($0.safe))" } ?? "")]
      },
      hasHeader: false)
    let more = left == 0 ? [] : ["  and \(left) more for the other methods (\\x shows them)"]
    return [bold("Method card")] + card.lines(width: room).map { "  " + $0 } + more
  }

  /// Whether a convention concerns what will be quoted: the whole analysis, or the primary pair.
  private func isQuoted(_ choice: ResultDocument.MethodChoice) -> Bool {
    guard let method = choice.method, let primary = document.primary else { return true }
    return method == primary.interval || method == primary.test
  }

  private var notes: [String] {
    document.notes.flatMap { note in
      let text = note.text.safeLines
      guard let label = note.severity.label else {
        return text.flatMap { $0.wrapped(to: style.width) }
      }
      let room = style.width.map { max(1, $0 - 2) }
      let lines = ([label + (text.first ?? "")] + text.dropFirst()).flatMap { $0.wrapped(to: room) }
      return lines.enumerated().map { index, line in
        guard index == 0, line.hasPrefix(label.trimmedAtEnd) else { return "  " + line }
        let body = line.dropFirst(label.trimmedAtEnd.count)
        return style.emphasized(label.trimmedAtEnd, note.severity.emphasis) + body
      }
    }
  }

  private var citations: [String] {
    guard !document.citations.isEmpty else { return [] }
    return [bold("References")] + document.citations.flatMap { indented($0.safe) }
  }

  private var runLine: [String] {
    guard let run = document.run else { return [] }
    let how =
      run.stored
      ? "stored answer" : run.durationSeconds.map { NumberText.duration(seconds: $0) }
    return [style.emphasized("run \(run.id.safe)" + (how.map { ", \($0)" } ?? ""), .faint)]
  }

  // MARK: Lines

  /// The width left inside an indented block.
  private var room: Int? { style.width.map { max(1, $0 - 2) } }

  private func bold(_ text: String) -> String { style.emphasized(text, .bold) }

  private func indented(_ text: String) -> [String] {
    text.wrapped(to: room).map { "  " + $0 }
  }
}

extension ResultDocument.Estimate {
  fileprivate func isPrimary(in document: ResultDocument) -> Bool {
    interval != nil && interval?.method == document.primary?.interval
  }
}

extension Note.Severity {
  fileprivate var label: String? {
    switch self {
    case .info: nil
    case .caution: "Caution: "
    case .warning: "Warning: "
    }
  }

  fileprivate var emphasis: TextStyle.Emphasis { self == .warning ? .red : .yellow }
}
