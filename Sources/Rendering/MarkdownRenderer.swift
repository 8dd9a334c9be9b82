package import PluginProtocol

extension ResultDocument {
  /// The result for a report, as GitHub-flavored Markdown, rounded as ``text(_:)`` rounds.
  package var markdown: String {
    let sections: [[String]] = [
      ["## " + (title ?? analysis).markdown],
      plan.map { ["**Plan.** " + $0.text.markdown] } ?? [],
      primary.map { ["**Primary.** " + $0.text.markdown] } ?? [],
      estimates.isEmpty ? [] : estimates.fullTable.markdownLines,
      tests.isEmpty ? [] : tests.table.markdownLines,
    ]
    let rest: [[String]] = [
      methods.isEmpty ? [] : ["### Method card", ""] + methods.map(\.markdownItem),
      notes.isEmpty ? [] : ["### Notes", ""] + notes.map(\.markdownItem),
      citations.isEmpty ? [] : ["### References", ""] + citations.map { "- " + $0.markdown },
    ]
    let figures = figures.map(\.markdownLines)
    return (sections + tables.map(\.markdownLines) + figures + rest).filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
      .withPlainSpaces
  }
}

extension ResultDocument.ResultTable {
  fileprivate var markdownLines: [String] {
    (title.isEmpty ? [] : ["### " + title.markdown, ""])
      + (columns.isEmpty ? [] : textTable.markdownLines)
  }
}

extension ResultDocument.Figure {
  /// What the figure shows in words, and the figure as a terminal shows it.
  fileprivate var markdownLines: [String] {
    let drawing = lines(TextStyle(width: 90))
    let longest = drawing.map { $0.longestRun(of: "`") }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ["### Figure: " + title.markdown, ""]
      + (alternativeText.map { [$0.markdown, ""] } ?? []) + [fence + "text"] + drawing + [fence]
  }
}

extension String {
  fileprivate func longestRun(of character: Character) -> Int {
    split(omittingEmptySubsequences: true) { $0 != character }.map(\.count).max() ?? 0
  }
}

extension ResultDocument.MethodChoice {
  fileprivate var markdownItem: String {
    "- " + topic.markdown + ": " + choice.markdown + (source.map { " (\($0.markdown))" } ?? "")
  }
}

extension Note {
  fileprivate var markdownItem: String {
    let label = severity == .info ? "" : "**\(severity == .warning ? "Warning" : "Caution").** "
    return "- " + label + text.markdown
  }
}

extension TextTable {
  fileprivate var markdownLines: [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [
      line(columns.map(\.label.markdown)),
      line(columns.map { $0.isAlignedRight ? "---:" : ":---" }),
    ] + rows.map { line($0.map(\.markdown)) }
  }
}

extension String {
  /// The text as Markdown that shows it literally, on one line.
  package var markdown: String {
    let line = safeLines.joined(separator: "<br>\u{0}").split(separator: "\u{0}")
    return line.map { piece in
      let isBroken = piece.hasSuffix("<br>")
      return (isBroken ? piece.dropLast(4) : piece).markdownEscaped + (isBroken ? "<br>" : "")
    }.joined()
  }
}

extension Substring {
  fileprivate var markdownEscaped: String {
    var escaped = ""
    for character in self {
      if "\\|`*_<[]&~".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
