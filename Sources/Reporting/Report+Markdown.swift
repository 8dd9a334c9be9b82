import PluginProtocol
import Rendering

extension Report {
  /// The report as GitHub-flavored Markdown; figures are drawn with letters.
  var markdown: String {
    let head =
      "# \(title.markdown)\n\nWritten \(createdAt.markdown) by doublet \(version.markdown).\n"
    return ([head] + entries.map(\.markdown)).joined(separator: "\n")
  }
}

extension Report.Entry {
  fileprivate var markdown: String {
    let facts = facts.map { "| \($0.name.markdown) | \($0.value.markdown) |\n" }.joined()
    return document.markdown + "\n### Provenance\n\n| What | Value |\n| :--- | :--- |\n" + facts
  }
}
