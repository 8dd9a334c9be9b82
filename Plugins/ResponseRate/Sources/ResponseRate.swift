import PluginKit
import PluginProtocol
import Statistics

/// The objective response rate (ORR), its intervals, and tests against a control.
@main
struct ResponseRate: AnalysisPlugin {
  static let identity = PluginIdentity(id: "response-rate", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    if request.analysis == Explanation.analysis { return try Explanation.document(request) }
    let options = try Options(request.values)
    var document = ResultDocument(
      analysis: request.analysis, title: "Objective response rate")
    if let ratio = options.count {
      try Self.refuseDataOptions(request)
      try options.frequentist.refuseArm()
      let count = try Self.responseCount(ratio.events, ratio.total)
      try RateReport(options: options).write(count, into: &document)
    } else if let dataset = request.dataset {
      let patients = try PatientResponses(dataset, options: options)
      try patients.report(options, into: &document)
    } else {
      throw Refusal(
        "parameter.missing", "give a count such as 15/30, or name a data set",
        parameter: "count", expected: "responders/patients, or a data set")
    }
    return document
  }

  static func responseCount(_ responders: Int, _ patients: Int) throws(Refusal) -> ResponseCount {
    do {
      return try ResponseCount(responders: responders, patients: patients)
    } catch {
      throw Refusal("parameter.value", "\(error)", parameter: "count")
    }
  }

  /// What speaks of patients makes no sense beside a count.
  private static func refuseDataOptions(_ request: RunRequest) throws(Refusal) {
    if request.dataset != nil {
      throw Refusal(
        "parameter.combination", "give a count or a data set, not both", parameter: "count")
    }
    for name in ["by", "evaluator", "where"] + ResponseRules.dataParameters
      + FrequentistOptions.dataParameters + BorrowingOptions.dataParameters
    where request.values.has(name) {
      throw Refusal(
        "parameter.combination", "\(name)= needs a data set; a count has no patients to look at",
        parameter: name)
    }
  }
}
