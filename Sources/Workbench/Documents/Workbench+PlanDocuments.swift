import ClientProtocol
import JSON
import PluginHost
import PluginProtocol
import Store

extension Workbench {
  func plansDocument() throws(CommandFailure) -> ResultDocument {
    let plans = try plans()
    var document = ResultDocument(.plan, title: counted(plans.count, "plan"))
    document.add(
      "plans", "Plans",
      [
        .init("plan", "Plan"), .init("analysis", "Analysis"), .init("title", "Title"),
        .init("registered", "Registered"), .init("by", "By"), .init("row", "Audit row", .count),
        .init("sha256", "SHA-256"),
      ],
      plans.map { plan in
        [
          .string(plan.request.name), .string(plan.request.analysis), .string(plan.request.title),
          .string(plan.registeredAt.description), .string(plan.registeredBy),
          .integer(plan.sequence), .string(plan.request.sha256),
        ]
      })
    if plans.isEmpty { document.note("plans.none", "plan FILE registers the first plan") }
    return document
  }

  /// One plan: what it says, what the audit trail says of it, and the runs made under it.
  func planDocument(
    _ plan: PlanRecord, title: String? = nil
  ) throws(CommandFailure) -> ResultDocument {
    let request = plan.request
    var document = ResultDocument(.plan, title: title ?? "\(request.name): \(request.title)")
    let file = try? TOMLFile(
      text: request.text, name: request.name, maximumBytes: PlanFile.sizeLimitBytes)
    document.add(
      "plan", "Plan", [.init("what", "What"), .init("value", "Value")],
      [
        ("title", request.title), ("author", file?.object["author"]?.string),
        ("analysis", request.analysis), ("data set", request.dataset), ("seed", request.seed),
        ("plugin", "\(request.pluginID) \(request.pluginVersion)"),
        ("registered", "\(plan.registeredAt) by \(plan.registeredBy)"),
        ("audit row", String(plan.sequence)), ("SHA-256", request.sha256),
      ].compactMap { name, value in value.map { [.string(name), .string($0)] } })
    let parameters = (try? JSONValue(parsing: request.parameters))?.object ?? [:]
    document.add(
      "parameters", "Parameters", [.init("parameter", "Parameter"), .init("value", "Value")],
      parameters.members.map { [.string($0.key), .string(ResultDocument.shown($0.value))] })
    document.add(
      "runs", "Runs of this plan",
      [.init("run", "Run"), .init("state", "State"), .init("created", "Created")],
      try runs(of: request.name).map {
        [
          .string($0.id.description), .string($0.state.rawValue),
          .string($0.createdAt.description),
        ]
      })
    if let text = file?.object["text"]?.string { document.note("plan.text", text) }
    document.note(
      "plan.run",
      "plan \(request.name) run [DATASET] runs it; "
        + "\(request.analysis) … plan=\(request.name) says what is otherwise")
    return document
  }

  private func runs(of plan: String) throws(CommandFailure) -> [RunRecord] {
    do {
      return try store.runs(ofPlan: plan, limit: 20)
    } catch {
      throw CommandFailure(error)
    }
  }
}
