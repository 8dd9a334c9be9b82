import ClientProtocol
import JSON
import PluginProtocol
import Store

extension Workbench {
  func plan(
    named name: String, at range: Range<Int>? = nil
  ) throws(CommandFailure) -> PlanRecord {
    let plans = try plans()
    guard let plan = plans.first(where: { $0.request.name == name }) else {
      throw CommandFailure(
        .unknownPlan, "there is no plan \(name.commandToken)", at: range, parameter: "plan",
        expected: "a plan; plan lists them", nearest: plans.map(\.request.name).nearest(to: name))
    }
    return plan
  }

  func plans() throws(CommandFailure) -> [PlanRecord] {
    do {
      return try store.plans()
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Checks a file and registers what it plans.
  func registerPlan(
    _ path: String, at range: Range<Int>, by caller: Caller
  ) async throws(CommandFailure) -> ResultDocument {
    let commands = self.commands
    let request = try await blocking { () -> Result<PlanRequest, CommandFailure> in
      do throws(CommandFailure) {
        return .success(
          try PlanFile.request(path, at: range, commands: commands) { id throws(CommandFailure) in
            try self.plugin(id)
          })
      } catch {
        return .failure(error)
      }
    }.get()
    let head: AuditHead
    let record: PlanRecord
    do {
      head = try store.auditHead()
      record = try await store.register(request, by: caller)
    } catch {
      var failure = CommandFailure(error)
      failure.range = range
      throw failure
    }
    return try planDocument(
      record,
      title: record.sequence > head.sequence
        ? "The plan \(record.request.name) is registered, in row \(record.sequence) of the audit trail"
        : "The plan \(record.request.name) is registered already, of the same file")
  }

  private func firstImport(
    of dataset: DatasetRecord
  ) throws(CommandFailure) -> FirstImport? {
    do {
      return try store.firstImport(of: dataset)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What a request has to say of the plans there are.
  ///
  /// A request that names a plan is compared with it. One that names none, but reads a data set for
  /// whose like the analysis was planned, is the planned one or it says that it is not.
  func standing(
    of call: AnalysisCall, _ analysis: CommandTable.Analysis, dataset: DatasetRecord?
  ) throws(CommandFailure) -> RunPlan? {
    guard call.plan != nil || dataset != nil else { return nil }
    let plans = try plans().filter { plan in
      guard call.plan == nil else { return plan.request.name == call.plan }
      return plan.request.analysis == analysis.declaration.name
        && (plan.request.dataset == nil || plan.request.dataset == dataset?.name)
    }
    guard !plans.isEmpty else { return nil }
    let firstImport = try dataset.map(firstImport) ?? nil
    let version = try plugin(analysis.plugin).version
    let standings = plans.map { plan in
      PlanComparison(
        plan: plan, call: call, declaration: analysis.declaration, dataset: dataset,
        firstImport: firstImport, pluginVersion: version
      ).standing
    }
    let followed =
      call.plan != nil ? standings[0] : standings.first { $0.status != .deviates }
    return try RunPlan(followed ?? .unplanned(besides: standings))
  }
}

extension ResultDocument.PlanStanding {
  /// None of the plans that there are.
  fileprivate static func unplanned(besides others: [Self]) -> Self {
    let names = others.compactMap(\.name)
    let parameters = others.count == 1 ? others[0].deviations.map(\.parameter) : []
    return Self(
      name: nil, sha256: nil, status: .unplanned,
      text: names.count == 1
        ? "Not planned: the plan \(names[0]) has another "
          + parameters.joined(separator: ", another ") + "."
        : "Not planned: this is none of the plans \(names.joined(separator: ", ")).",
      deviations: others.count == 1 ? others[0].deviations : [])
  }
}

extension RunPlan {
  fileprivate init(_ standing: ResultDocument.PlanStanding) throws(CommandFailure) {
    do {
      self.init(name: standing.name, statement: try JSONValue(encoding: standing).text)
    } catch {
      throw CommandFailure(.internal, "the standing to the plan cannot be written: \(error)")
    }
  }
}
