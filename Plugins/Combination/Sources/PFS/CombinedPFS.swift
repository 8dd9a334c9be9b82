import PluginKit
import PluginProtocol
import TimeToEvent

/// The analysis `combined-pfs`: a combination's progression-free survival against its parts'.
enum CombinedPFS {
  static let analysis = "combined-pfs"

  static func document(_ request: RunRequest, _ context: RunContext) throws -> ResultDocument {
    let options = try CombinedPFSOptions(request.values)
    guard let file = request.dataset else {
      throw Refusal(
        "data.missing", "combined-pfs needs a data set: name one, or choose it with use")
    }
    let reader = try ArmReader(file, options.selection, options.endpoint)
    let first = try reader.arm(options.first, of: "first")
    let second = try reader.arm(options.second, of: "second")
    let observed = try options.combination.map { try reader.arm($0, of: "combination") }
    let comparison = try PFSComparison(first, second, observed, options.settings, context)
    try context.checkCancellation()
    var document = ResultDocument(
      analysis: request.analysis, title: "Progression-free survival of a combination and its parts")
    document.notes = reader.notes
    try CombinedPFSReport(options: options, comparison: comparison).write(into: &document)
    return document
  }
}
