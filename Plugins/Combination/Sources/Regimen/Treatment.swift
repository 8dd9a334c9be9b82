import JSON
import PluginKit
import PluginProtocol

/// A backbone with or without an immune agent, as a request names them.
struct Treatment: Sendable {
  /// The agent's plugin and what it declares, with the dose asked for.
  struct Agent: Sendable {
    let name: String
    let declared: ImmuneAgent

    var dose: Double { declared.drug.dose }
  }

  /// The regimen's plugin.
  let name: String
  let regimen: Regimen
  let agent: Agent?

  init(name: String, regimen: Regimen, agent: Agent?) {
    self.name = name
    self.regimen = regimen
    self.agent = agent
  }

  /// Reads the definitions a request carries: its plugin's own, and those that parameters name.
  ///
  /// - Throws: `Refusal` for a definition that is not there or has problems, and for a dose that is
  ///   none.
  init(_ request: RunRequest, named parameter: String) throws(Refusal) {
    let values = request.values
    let own = try request.definition.map { definition throws(Refusal) in
      try TreatmentDefinition(definition.object, named: request.analysis)
    }
    if case .regimen(let regimen) = own {
      (name, self.regimen) = (request.analysis, regimen)
    } else {
      name = try values.text(parameter)
      guard case .regimen(let regimen) = try Self.definition(parameter, name, request) else {
        throw .parameter(parameter, name, expected: "an installed regimen")
      }
      self.regimen = regimen
    }
    if case .immuneAgent(let agent) = own {
      self.agent = try Agent(request.analysis, agent, values)
    } else if let name = try values.optionalText("immune") {
      guard case .immuneAgent(let agent) = try Self.definition("immune", name, request) else {
        throw .parameter("immune", name, expected: "an installed immune-agent")
      }
      self.agent = try Agent(name, agent, values)
    } else {
      agent = nil
      if let dose = try values.optionalText("immune.dose") {
        throw Refusal(
          "parameter.needs", "immune.dose=\(dose) needs an immune agent", parameter: "immune.dose",
          expected: "immune=NAME beside it")
      }
    }
  }

  private static func definition(
    _ parameter: String, _ name: String, _ request: RunRequest
  ) throws(Refusal) -> TreatmentDefinition? {
    guard let definition = request.definitions?[parameter] else { return nil }
    return try TreatmentDefinition(definition.object, named: name)
  }

  var title: String {
    "\(regimen.title)\(agent.map { " with \($0.declared.title)" } ?? ""), \(regimen.disease),"
      + " \(regimen.line) line"
  }
}

extension Treatment {
  /// What of the courses was not compared with its source, in words.
  var unverifiedWords: [String] {
    let courses =
      [(regimen.title, regimen.verification)]
      + (agent.map { [($0.declared.title, $0.declared.verification)] } ?? [])
    return courses.flatMap { title, verification in
      [
        ("cycle_days", "length of a cycle"), ("cycles", "number of cycles"),
        ("dose_levels", "doses given"),
      ]
      .filter { verification.isUnverified($0.0) }.map { "\($0.1) of \(title)" }
    }
  }
}

extension Treatment.Agent {
  /// The dose that was asked for, or the one the agent declares.
  init(_ name: String, _ declared: ImmuneAgent, _ values: Parameters) throws(Refusal) {
    var declared = declared
    if let text = try values.optionalText("immune.dose") {
      guard let asked = declared.drug.unit.amount(text) else {
        throw .parameter(
          "immune.dose", text,
          expected: "a dose above 0 with its unit, such as"
            + " \(shortNumber(declared.drug.dose))\(declared.drug.unit.rawValue)")
      }
      declared.drug.dose = asked
    }
    self.init(name: name, declared: declared)
  }

  var doseText: String { "\(shortNumber(dose)) \(declared.drug.unit.rawValue)" }
}

extension Drug.Unit {
  /// An amount such as `2mg` in this unit; nil where it is none.
  func amount(_ text: String) -> Double? {
    let masses: [(suffix: String, unit: Self, milligrams: Double)] = [
      ("ug", .micrograms, 0.001), ("mg", .milligrams, 1),
    ]
    if text.hasSuffix(rawValue) { return Self.positive(text.dropLast(rawValue.count)) }
    guard let own = masses.first(where: { $0.unit == self }) else { return nil }
    for other in masses where text.hasSuffix(other.suffix) {
      return Self.positive(text.dropLast(other.suffix.count)).map {
        $0 * other.milligrams / own.milligrams
      }
    }
    return nil
  }

  private static func positive(_ text: Substring) -> Double? {
    guard let number = Double(text), number > 0, number.isFinite, !text.contains("x") else {
      return nil
    }
    return number
  }
}
