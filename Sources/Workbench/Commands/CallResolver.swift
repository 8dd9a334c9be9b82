import ClientProtocol
import JSON
import PluginProtocol
import Store

/// Reads a request for an analysis against its declaration and reports every problem at once.
struct CallResolver {
  typealias DatasetNames = () throws(CommandFailure) -> [String]
  typealias PlanNamed = (String) throws(CommandFailure) -> PlanRecord

  let declaration: AnalysisDeclaration
  /// Asked only where a word or the session may name a data set.
  let datasetNames: DatasetNames
  let planNamed: PlanNamed

  private var call: AnalysisCall
  private var given: [String: (value: JSONValue, text: String)] = [:]
  /// Keys that were given, also those whose value was refused.
  private var mentioned: Set<String> = []
  private var problems: [CommandFailure] = []

  init(
    _ declaration: AnalysisDeclaration, datasetNames: @escaping DatasetNames,
    planNamed: @escaping PlanNamed
  ) {
    self.declaration = declaration
    self.datasetNames = datasetNames
    self.planNamed = planNamed
    call = AnalysisCall(analysis: declaration.name, parameters: [:])
  }

  /// - Throws: The first problem of the line, with all of them among its problems.
  mutating func resolve(
    _ line: CommandLine, defaults: SessionDefaults
  ) throws(CommandFailure) -> AnalysisCall {
    for word in line.words { try place(word) }
    for parameter in line.parameters {
      try take(
        parameter.key.text, .string(parameter.value.text), keyAt: parameter.key.range,
        valueAt: parameter.value.range)
    }
    try usePlan()
    try useDefaults(defaults, nameAt: line.name?.range)
    return try finished(nameAt: line.name?.range)
  }

  /// As for a line; what the session supplies does not apply to programs.
  mutating func resolve(
    parameters: JSONObject, dataset: String?, seed: JSONValue?, fresh: JSONValue?,
    plan: JSONValue?
  ) throws(CommandFailure) -> AnalysisCall {
    if let dataset { try take("dataset", .string(dataset)) }
    if let seed { try take("seed", seed) }
    if let fresh { try take("fresh", fresh) }
    if let plan { try take("plan", plan) }
    // Programs write null for what they leave out.
    for (key, value) in parameters.members where value != .null { try take(key, value) }
    try usePlan()
    return try finished(nameAt: nil)
  }
}

extension CallResolver {
  private mutating func take(
    _ key: String, _ value: JSONValue, keyAt: Range<Int>? = nil, valueAt: Range<Int>? = nil
  ) throws(CommandFailure) {
    do throws(ParameterProblem) {
      switch key {
      case "dataset" where declaration.data != .none:
        takeDataset(value.string ?? value.text, keyAt: keyAt, valueAt: valueAt)
      case "plan": call.plan = value.string ?? value.text
      case "seed": call.seed = try CommonParameters.seed(value.string ?? value.text)
      case "fresh": call.isFresh = try CommonParameters.fresh.checked(value).bool ?? false
      default: try takeDeclared(key, value, keyAt: keyAt, valueAt: valueAt)
      }
    } catch {
      let choices = declaration.parameters.first { $0.name == key }?.choices ?? []
      problems.append(.impossible(error, at: valueAt, choices: choices))
    }
    mentioned.insert(key)
    call.ranges[key] = valueAt
  }

  private mutating func takeDeclared(
    _ key: String, _ value: JSONValue, keyAt: Range<Int>?, valueAt: Range<Int>?
  ) throws(ParameterProblem) {
    guard let parameter = declaration.parameters.first(where: { $0.name == key }) else {
      let names = declaration.parameters.map(\.name) + CommonParameters.of(declaration).map(\.name)
      problems.append(.unknownParameter(key, of: declaration.name, at: keyAt, among: names))
      return
    }
    let text = value.string ?? value.text
    if let earlier = given[key] {
      problems.append(.givenTwice(key, earlier.text, text, at: keyAt ?? valueAt))
    }
    given[key] = (try parameter.checked(value), text)
  }

  private mutating func takeDataset(
    _ name: String, keyAt: Range<Int>? = nil, valueAt: Range<Int>?
  ) {
    if let earlier = call.dataset {
      problems.append(.givenTwice("dataset", earlier, name, at: keyAt ?? valueAt))
    }
    call.dataset = name
    call.ranges["dataset"] = valueAt
  }
}

extension CallResolver {
  /// Finds out what a bare word stands for.
  private mutating func place(_ word: CommandLine.Token) throws(CommandFailure) {
    if Self.looksLikeRatio(word.text), let ratio = free(where: { $0.type == .ratio }) {
      return try take(ratio.name, .string(word.text), valueAt: word.range)
    }
    if declaration.data != .none, !Self.looksLikeRatio(word.text),
      try datasetNames().contains(word.text)
    {
      return takeDataset(word.text, valueAt: word.range)
    }
    let accepting = free { $0.type != .ratio && (try? $0.value(parsing: word.text)) != nil }
    if let accepting {
      return try take(accepting.name, .string(word.text), valueAt: word.range)
    }
    let failure = try misplaced(word)
    // Who gave one that cannot be needs no second complaint that it is missing.
    if let parameter = failure.parameter { mentioned.insert(parameter) }
    problems.append(failure)
  }

  private func free(where fits: (ParameterDeclaration) -> Bool) -> ParameterDeclaration? {
    declaration.parameters.first { $0.positional && given[$0.name] == nil && fits($0) }
  }

  /// Responders of patients as typed, possible or not.
  static func looksLikeRatio(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }

  private func misplaced(_ word: CommandLine.Token) throws(CommandFailure) -> CommandFailure {
    let name = declaration.name
    let keys = declaration.parameters.map(\.name)
    if keys.contains(word.text) {
      return .usage(
        "\"\(word.text)\" lacks its value", at: word.range, expected: "\(word.text)=VALUE")
    }
    let ratio = declaration.parameters.first { $0.positional && $0.type == .ratio }
    if Self.looksLikeRatio(word.text), let ratio, let earlier = given[ratio.name] {
      return .givenTwice(ratio.name, earlier.text, word.text, at: word.range)
    }
    if let choice = free(where: { $0.type != .ratio }) {
      return .impossible(
        ParameterProblem(
          parameter: choice.name, value: word.text, expected: choice.expectation),
        at: word.range, choices: choice.choices)
    }
    guard declaration.data != .none else {
      return .usage(
        "\(name) has no use for \"\(word.text)\"", at: word.range,
        expected: ratio.map { "\($0.name) as responders/patients" } ?? "parameters as key=value",
        nearest: keys.nearest(to: word.text).map { $0 + "=" })
    }
    return .unknownDataset(
      word.text, at: word.range,
      expected: ratio == nil ? nil : "a data set, or responders/patients such as 15/30",
      nearest: try datasetNames().nearest(to: word.text))
  }
}

extension CallResolver {
  /// Whether the line says a count, which then is the data.
  private var hasCount: Bool {
    declaration.parameters.contains {
      $0.positional && $0.type == .ratio && mentioned.contains($0.name)
    }
  }

  /// Fills in what a plan says and the request does not.
  private mutating func usePlan() throws(CommandFailure) {
    guard let name = call.plan else { return }
    let plan: PlanRequest
    do throws(CommandFailure) {
      plan = try planNamed(name).request
    } catch {
      var failure = error
      failure.range = call.ranges["plan"]
      problems.append(failure)
      return
    }
    guard plan.analysis == declaration.name else {
      problems.append(
        .usage(
          "the plan \(name) is of \(plan.analysis)", at: call.ranges["plan"],
          expected: "a plan of \(declaration.name)"))
      return
    }
    let planned = (try? JSONValue(parsing: plan.parameters))?.object ?? [:]
    for parameter in declaration.parameters where !mentioned.contains(parameter.name) {
      guard let value = planned[parameter.name] else { continue }
      given[parameter.name] = (value, value.string ?? value.text)
    }
    if !mentioned.contains("seed") { call.seed = plan.seed }
    guard declaration.data != .none, call.dataset == nil, !hasCount, let name = plan.dataset else {
      return
    }
    call.dataset = name
    let names = try datasetNames()
    if !names.contains(name) {
      problems.append(
        .unknownDataset(name, at: call.ranges["plan"], nearest: names.nearest(to: name)))
    }
  }

  private mutating func useDefaults(
    _ defaults: SessionDefaults, nameAt: Range<Int>?
  ) throws(CommandFailure) {
    // What a session has set is no part of a plan.
    for parameter in declaration.parameters
    where call.plan == nil && given[parameter.name] == nil {
      // One that was given and refused is not to be replaced in silence.
      guard !mentioned.contains(parameter.name), let text = defaults.values[parameter.name] else {
        continue
      }
      do {
        given[parameter.name] = (try parameter.value(parsing: text), text)
      } catch {
        var failure = CommandFailure.impossible(error, at: nameAt, choices: parameter.choices)
        failure.message += ", which is set for this session"
        problems.append(failure)
      }
    }
    if call.plan == nil, !mentioned.contains("seed") { call.seed = defaults.values["seed"] }
    if declaration.data != .none, call.dataset == nil, !hasCount {
      call.dataset = defaults.dataset
      if let name = call.dataset, try !datasetNames().contains(name) {
        problems.append(
          CommandFailure(
            .unknownDataset, "the session's data set \"\(name)\" is gone", at: nameAt,
            expected: "a data set; use NAME chooses another"))
      }
    }
  }

  private mutating func finished(nameAt: Range<Int>?) throws(CommandFailure) -> AnalysisCall {
    if let name = call.dataset, call.ranges["dataset"] != nil || nameAt == nil {
      let names = try datasetNames()
      if !names.contains(name) {
        problems.append(
          .unknownDataset(name, at: call.ranges["dataset"], nearest: names.nearest(to: name)))
      }
    }
    for parameter in declaration.parameters {
      if let value = given[parameter.name]?.value ?? parameter.filledDefault {
        call.parameters[parameter.name] = value
      } else if parameter.required, !mentioned.contains(parameter.name) {
        problems.append(.missing(parameter, of: declaration.name, at: nameAt))
      }
    }
    // Who named one that is not there needs no second complaint.
    let isMisnamed = problems.contains { $0.kind == .unknownDataset }
    if declaration.data == .required, call.dataset == nil, !isMisnamed {
      problems.append(.missingDataset(of: declaration.name, at: nameAt))
    }
    if let failure = problems.combined { throw failure }
    return call
  }
}

extension ParameterDeclaration {
  /// The default in the form a typed value would have: `28d` as days, `15/30` as a count.
  fileprivate var filledDefault: JSONValue? {
    `default`.map { (try? checked($0)) ?? $0 }
  }
}
