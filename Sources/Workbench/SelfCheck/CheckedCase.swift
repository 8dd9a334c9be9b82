import JSON
import Rendering

/// A reference case and what became of it.
struct CheckedCase: Sendable, Hashable {
  var plugin: String
  var analysis: String
  var reference: ReferenceCase
  var outcome: ReferenceCase.Outcome

  init(plugin: String, analysis: String, _ reference: ReferenceCase, document: JSONValue) {
    self.plugin = plugin
    self.analysis = analysis
    self.reference = reference
    outcome = reference.outcome(of: document)
    guard outcome.passed, let other = reference.disagreement, let found = outcome.found?.number,
      ReferenceCase.agrees(found, with: other.theirs)
    else { return }
    outcome.failure = "\(other.tool) gives the same, \(other.theirs)"
  }

  /// The case in one line, as a problem.
  var sentence: String {
    let found = outcome.found.map { ", found \($0.string ?? $0.text)" } ?? ""
    let why = outcome.failure ?? "passed"
    return "\(reference.file):\(reference.line): \(reference.command): \(reference.path.text): "
      + "\(why)\(found)"
  }

  /// What was found, to the digits of what another program prints.
  var foundBesideTheirs: JSONValue {
    guard let found = outcome.found?.number, let theirs = reference.disagreement?.theirs else {
      return outcome.found ?? .null
    }
    let isPlain = !theirs.lowercased().contains("e")
    guard isPlain, let point = theirs.firstIndex(of: ".") else {
      return .string(NumberText.significant(found, digits: 6))
    }
    let decimals = theirs.distance(from: point, to: theirs.endIndex) - 1
    return .string(NumberText.fixed(found, decimals: decimals))
  }
}
