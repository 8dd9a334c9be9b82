import JSON
import PluginProtocol
import Store

/// Everything a self-check found: what is shown, and what is filed.
struct SelfCheckReport: Sendable {
  struct Plugin: Sendable, Hashable {
    var id: String
    var version: String
    /// SHA-256 of its files, the cases among them.
    var hash: String
    /// What serves it where it is data without a program of its own.
    var engine: String?
  }

  /// A file of cases, as it was read.
  struct File: Sendable, Hashable {
    var name: String
    var sha256: String
  }

  var at: Timestamp
  var user: String
  /// Doublet's own.
  var version: String
  var plugins: [Plugin]
  var files: [File] = []
  var cases: [CheckedCase]
  /// What is wrong with the files of cases.
  var problems: [String]
  var seconds: Double

  var failures: [CheckedCase] { cases.filter { !$0.outcome.passed } }

  /// Whether there were cases, all were read, and every one passed.
  var passed: Bool { failures.isEmpty && problems.isEmpty && !cases.isEmpty }

  /// The verdict in one line.
  var sentence: String {
    if cases.isEmpty, problems.isEmpty { return "No reference case was found: nothing is checked" }
    let count = counted(cases.count, "reference case")
    if passed { return "All \(count) passed" }
    var parts: [String] = []
    if !failures.isEmpty { parts.append("\(failures.count) of \(count) failed") }
    if !problems.isEmpty { parts.append(counted(problems.count, "case") + " could not be read") }
    return parts.joined(separator: ", ")
  }

  /// What the answer and the record have in common.
  var document: ResultDocument {
    var document = ResultDocument(.selfcheck, title: sentence)
    addPlugins(to: &document)
    addMethods(to: &document)
    addFailures(to: &document)
    addDisagreements(to: &document)
    for problem in problems { document.warn("selfcheck.file", problem) }
    return document
  }

  private func addPlugins(to document: inout ResultDocument) {
    document.add(
      "plugins", "Plugins",
      [
        .init("plugin", "Plugin"), .init("version", "Version"), .init("cases", "Cases", .count),
        .init("sha256", "SHA-256 of its files"),
      ],
      plugins.map { plugin in
        [
          .string(plugin.id), .string(plugin.version),
          .count(cases.count { $0.plugin == plugin.id }), .string(plugin.hash),
        ]
      })
    noteUncovered(in: &document)
  }

  /// Data without cases is checked with what serves it.
  private func noteUncovered(in document: inout ResultDocument) {
    let uncovered = plugins.filter { plugin in !cases.contains { $0.plugin == plugin.id } }
    for plugin in uncovered where plugin.engine == nil {
      document.notes.append(
        Note(.caution, "selfcheck.no-cases", "\(plugin.id) ships no reference cases."))
    }
    for engine in Set(uncovered.compactMap(\.engine)).sorted() {
      let names = uncovered.filter { $0.engine == engine }.map(\.id)
      document.notes.append(
        Note(
          .info, "selfcheck.declared",
          "What \(engine) computes was checked with its own cases; served by it without more are"
            + " \(names.joined(separator: ", "))."))
    }
  }

  private func addMethods(to document: inout ResultDocument) {
    // One analysis alone needs no column of its own, and its methods then fit their lines.
    let isMixed = Set(cases.map(\.analysis)).count > 1
    document.add(
      "methods", "By method",
      (isMixed ? [.init("analysis", "Analysis")] : []) + [
        .init("method", "Method"), .init("cases", "Cases", .count),
        .init("passed", "Passed", .count), .init("failed", "Failed", .count),
        .init("error", "Largest relative error"), .init("coarse", "To the source's digits", .count),
      ],
      groups.map { group in
        let exact = group.filter(\.reference.tolerance.isFine)
        let largest = exact.compactMap(\.outcome.relativeError).max()
        return (isMixed ? [.string(group[0].analysis)] : []) + [
          .string(group[0].reference.method), .count(group.count),
          .count(group.count { $0.outcome.passed }), .count(group.count { !$0.outcome.passed }),
          .string(largest.map { Self.magnitude($0) } ?? ""), .count(group.count - exact.count),
        ]
      })
  }

  /// An error as its order of magnitude: `2.2e-16`.
  private static func magnitude(_ error: Double) -> String {
    guard error > 0, error.isFinite else { return error == 0 ? "0" : "\(error)" }
    var exponent = 0
    var mantissa = error
    while mantissa < 0.995 {
      mantissa *= 10
      exponent -= 1
    }
    // Rounded up: it is a bound.
    let tenths = Int((mantissa * 10).rounded(.up))
    return "\(tenths / 10).\(tenths % 10)e\(exponent)"
  }

  /// The cases of each analysis and method, in the order of their names.
  private var groups: [[CheckedCase]] {
    var groups: [[CheckedCase]] = []
    var positions: [[String]: Int] = [:]
    for checked in cases {
      let key = [checked.analysis, checked.reference.method]
      if let position = positions[key] {
        groups[position].append(checked)
      } else {
        positions[key] = groups.count
        groups.append([checked])
      }
    }
    return groups.sorted {
      ($0[0].analysis, $0[0].reference.method) < ($1[0].analysis, $1[0].reference.method)
    }
  }

  private func addFailures(to document: inout ResultDocument) {
    document.add(
      "failures", "Failed",
      [
        .init("case", "Case"), .init("command", "Command"), .init("path", "Value"),
        .init("expected", "Expected"), .init("found", "Found"), .init("why", "Why"),
      ],
      failures.map { checked in
        [
          .string("\(checked.reference.file):\(checked.reference.line)"),
          .string(checked.reference.command), .string(checked.reference.path.text),
          .string(checked.reference.expected), checked.outcome.found ?? .null,
          .text(checked.outcome.failure),
        ]
      })
  }

  private func addDisagreements(to document: inout ResultDocument) {
    document.add(
      "disagreements", "Known disagreements with other tools",
      [
        .init("tool", "Tool"), .init("method", "Method"), .init("command", "Command"),
        .init("ours", "Doublet"), .init("theirs", "Tool's"), .init("reason", "Why"),
      ],
      cases.compactMap { checked in
        checked.reference.disagreement.map { other in
          [
            .string(other.tool), .string(checked.reference.method),
            .string(checked.reference.command), checked.foundBesideTheirs,
            .string(other.theirs), .string(other.reason),
          ]
        }
      })
  }
}
