package import PluginProtocol

/// Runs as one page to show to people.
package struct Report: Sendable {
  package enum Format: Sendable, CaseIterable {
    case html, markdown, richText

    /// The format of a file by the end of its name.
    package init?(ending: String) {
      switch ending {
      case "html", "htm": self = .html
      case "md", "markdown": self = .markdown
      case "rtf": self = .richText
      default: return nil
      }
    }
  }

  package struct Plugin: Sendable, Hashable {
    package var id: String
    package var version: String
    /// SHA-256 of the plugin's files.
    package var hash: String

    package init(id: String, version: String, hash: String) {
      self.id = id
      self.version = version
      self.hash = hash
    }
  }

  package struct AuditRow: Sendable, Hashable {
    package var row: String
    package var hash: String

    package init(row: String, hash: String) {
      self.row = row
      self.hash = hash
    }
  }

  /// One run.
  package struct Entry: Sendable {
    package var run: String
    package var document: ResultDocument
    /// The line as it was typed.
    package var command: String
    /// A line that asks for the same, whatever session it is typed in.
    package var reproduction: String
    package var user: String
    package var finishedAt: String
    package var plugin: Plugin
    package var dataset: Provenance?
    /// The data set that a parameter names.
    package var secondDataset: Provenance?
    /// The row of the audit trail that records the result.
    package var audit: AuditRow?

    package init(
      run: String, document: ResultDocument, command: String, reproduction: String, user: String,
      finishedAt: String, plugin: Plugin, dataset: Provenance? = nil,
      secondDataset: Provenance? = nil, audit: AuditRow? = nil
    ) {
      self.run = run
      self.document = document
      self.command = command
      self.reproduction = reproduction
      self.user = user
      self.finishedAt = finishedAt
      self.plugin = plugin
      self.dataset = dataset
      self.secondDataset = secondDataset
      self.audit = audit
    }
  }

  package var createdAt: String
  /// Doublet's own.
  package var version: String
  package var entries: [Entry]

  package init(createdAt: String, version: String, entries: [Entry]) {
    self.createdAt = createdAt
    self.version = version
    self.entries = entries
  }

  /// The report as a file; without gnuplot figures are drawn as on a terminal.
  package func written(
    as format: Format, _ gnuplot: Gnuplot?
  ) async throws(ReportingError) -> [UInt8] {
    switch format {
    case .html: Array(try await html(gnuplot).utf8)
    case .markdown: Array(markdown.utf8)
    case .richText: Array(try await richText(gnuplot).utf8)
    }
  }

  var title: String {
    guard let first = entries.first, entries.count == 1 else {
      return "Report of \(entries.count) runs"
    }
    return first.title
  }
}

extension Report.Entry {
  var title: String { document.title ?? document.analysis }

  /// Where everything came from, as names and values.
  var facts: [(name: String, value: String)] {
    var facts = [
      ("As typed", command), ("Reproduces it", reproduction),
      ("Run", "\(run), finished \(finishedAt), asked for by \(user)"),
      ("Plugin", "\(plugin.id) \(plugin.version), SHA-256 \(plugin.hash)"),
    ]
    if let seed = document.seed { facts.append(("Seed", seed)) }
    if let plan = document.plan { facts.append(("Plan", plan.text)) }
    if let audit {
      facts.append(("Audit trail", "row \(audit.row), SHA-256 \(audit.hash)"))
    }
    let compared = secondDataset?.facts.map { ("\($0.name), compared with", $0.value) }
    return facts + (dataset?.facts ?? []) + (compared ?? [])
  }
}
