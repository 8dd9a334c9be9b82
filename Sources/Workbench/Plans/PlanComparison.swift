import JSON
import PluginProtocol
import Store

/// An analysis beside a plan: what is otherwise, and which was there first, the plan or the data.
struct PlanComparison {
  typealias Standing = ResultDocument.PlanStanding

  let plan: PlanRecord
  let call: AnalysisCall
  let declaration: AnalysisDeclaration
  let dataset: DatasetRecord?
  /// Of the data set's content or any file it was made from.
  let firstImport: FirstImport?
  let pluginVersion: String

  /// Everything in which the analysis is not the planned one.
  var deviations: [Standing.Deviation] {
    let planned = (try? JSONValue(parsing: plan.request.parameters))?.object ?? [:]
    var names = declaration.parameters.map(\.name)
    for key in planned.keys where !names.contains(key) { names.append(key) }
    var deviations = names.compactMap { name in
      deviation(name, planned[name], call.parameters[name])
    }
    if let seed = plan.request.seed, seed != call.seed {
      deviations.append(.init(parameter: "seed", planned: seed, used: call.seed))
    }
    if let name = plan.request.dataset, name != dataset?.name {
      deviations.append(.init(parameter: "dataset", planned: name, used: dataset?.name))
    }
    return deviations
  }

  private func deviation(
    _ name: String, _ planned: JSONValue?, _ used: JSONValue?
  ) -> Standing.Deviation? {
    guard planned?.canonical.text != used?.canonical.text else { return nil }
    if planned == nil, let declared = declaration.parameters.first(where: { $0.name == name }) {
      // A count on the line is the data, whatever it is.
      if declared.positional, declared.type == .ratio { return nil }
      // A newer plugin has learned a parameter that the plan could not know.
      let value = declared.default.map { (try? declared.checked($0)) ?? $0 }
      if value?.canonical.text == used?.canonical.text { return nil }
    }
    return .init(
      parameter: name, planned: planned.map(ResultDocument.shown),
      used: used.map(ResultDocument.shown))
  }

  var standing: Standing {
    let deviations = self.deviations
    let status: Standing.Status =
      if !deviations.isEmpty {
        .deviates
      } else if let firstImport {
        firstImport.sequence > plan.sequence ? .planned : .afterData
      } else {
        .undated
      }
    return Standing(
      name: plan.request.name, sha256: plan.request.sha256, status: status,
      text: text(status, deviations), deviations: deviations)
  }

  private func text(_ status: Standing.Status, _ deviations: [Standing.Deviation]) -> String {
    let name = plan.request.name
    let head =
      switch status {
      case .planned: "Planned: this is the plan \(name)."
      case .afterData: "Planned after the data: this is the plan \(name)."
      case .undated: "As in the plan \(name)."
      case .deviates, .unplanned:
        "Deviates from the plan \(name): "
          + deviations.map(\.sentence).joined(separator: "; ") + "."
      }
    return [head, order, versions].compactMap(\.self).joined(separator: " ")
  }

  private var order: String {
    let registered =
      "It was registered on \(plan.registeredAt.description.prefix(10))"
      + " (audit row \(plan.sequence))"
    guard let firstImport else {
      return registered
        + "; without a data set nothing shows whether that was before the data were known."
    }
    let isBefore = firstImport.sequence > plan.sequence
    return registered + (isBefore ? ", before" : ", after")
      + " the data were first imported on \(firstImport.at.prefix(10))"
      + " (audit row \(firstImport.sequence))."
  }

  private var versions: String? {
    plan.request.pluginVersion == pluginVersion
      ? nil
      : "The plugin was \(plan.request.pluginVersion) when it was planned and is \(pluginVersion)."
  }
}

extension ResultDocument.PlanStanding.Deviation {
  fileprivate var sentence: String {
    switch (planned, used) {
    case (let planned?, let used?): "\(parameter) is \(used), planned was \(planned)"
    case (nil, let used?): "\(parameter) is \(used), none was planned"
    case (let planned?, nil): "\(parameter) is missing, planned was \(planned)"
    case (nil, nil): parameter
    }
  }
}
