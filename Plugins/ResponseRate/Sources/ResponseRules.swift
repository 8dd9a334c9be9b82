import PluginKit
import PluginProtocol
import RECIST

/// The rules that turn a data set's assessments into best overall responses, as the user gave them.
struct ResponseRules: Sendable, Hashable {
  /// The rule set to answer by.
  let given: ResponseRuleSet
  /// Whether every published rule set is shown beside it.
  let showsAll: Bool
  /// Whether the criteria, not the user, asked for confirmation.
  let isConfirmationImplied: Bool

  /// Parameters that make no sense beside a count.
  static let dataParameters = ["confirm", "confirm-window", "rules"]

  init(_ values: Parameters) throws(Refusal) {
    let standard: ResponseStandard = try values.choice("criteria")
    let confirmation = try Self.confirmation(values, standard)
    let newTherapy: NewTherapy = try values.choice("new-therapy")
    given = ResponseRuleSet(
      name: "given", standard: standard,
      best: BestResponseRules(
        minimumStableDays: Int(try values.days("min-sd").rounded(.up)),
        stopsAtNewTherapy: newTherapy == .cut, confirmation: confirmation),
      evaluator: try values.optionalText("evaluator"), source: "the parameters given")
    showsAll = try values.optionalChoice("rules", as: Comparison.self) == .all
    isConfirmationImplied = confirmation != nil && !values.has("confirm")
  }

  private enum NewTherapy: String, CaseIterable { case cut, ignore }
  private enum Comparison: String, CaseIterable { case all }

  private static func confirmation(
    _ values: Parameters, _ standard: ResponseStandard
  ) throws(Refusal) -> BestResponseRules.Confirmation? {
    let most = Int(Int32.max)
    let notEvaluable = min(try values.int("max-ne"), most)
    let stable = min(try values.int("max-sd"), most)
    let window = try values.optionalDays("confirm-window").map { Int($0.rounded(.down)) }
    guard let gap = try gapDays(values.optionalText("confirm"), standard) else {
      guard window == nil else {
        throw Refusal(
          "parameter.combination", "confirm-window= needs confirm=, such as confirm=28d",
          parameter: "confirm-window")
      }
      return nil
    }
    if let window, window < gap {
      throw Refusal(
        "parameter.combination",
        "confirm-window=\(window)d: nothing lies between \(gap) days and \(window)",
        parameter: "confirm-window", expected: "at least \(gap)d")
    }
    return BestResponseRules.Confirmation(
      gapDays: gap, windowDays: window, maximumNotEvaluable: notEvaluable, maximumStable: stable)
  }

  private static func gapDays(
    _ text: String?, _ standard: ResponseStandard
  ) throws(Refusal) -> Int? {
    guard let text else { return standard.confirmation?.gapDays }
    if text == "none" { return nil }
    guard let days = ParameterDeclaration.days(text), days <= 36_525 else {
      throw .parameter("confirm", text, expected: "none, or a duration such as 28d or 4w")
    }
    return Int(days.rounded(.up))
  }
}

extension ResponseRules {
  /// The line of the method card.
  var methodChoice: ResultDocument.MethodChoice {
    let implied = isConfirmationImplied ? " (as \(given.standard.label) asks)" : ""
    let source =
      switch given.standard {
      case .recist1_0: "Therasse 2000"
      case .recist1_1: "Eisenhauer 2009, section 4.4, table 3"
      case .immune: "Seymour 2017, tables 2 and 3"
      }
    return .init(
      topic: "best overall response",
      choice: "\(given.standard.label), \(given.words)\(implied), up to the \(given.end)",
      source: source)
  }
}

extension ResponseRuleSet {
  /// The rules but for the criteria, in a few words.
  var words: String {
    let stable = "stable disease from day \(best.minimumStableDays)"
    let cut = best.stopsAtNewTherapy ? "" : ", assessments under a new therapy count"
    guard let confirmation = best.confirmation else { return "unconfirmed, \(stable)\(cut)" }
    let window = confirmation.windowDays.map { " and at most \($0)" } ?? ""
    let between = [
      "at most \(confirmation.maximumNotEvaluable) not evaluable",
      confirmation.maximumStable == 0 ? nil : "\(confirmation.maximumStable) stable",
    ].compactMap(\.self).joined(separator: " and ")
    return "confirmed at least \(confirmation.gapDays)\(window) days later with \(between) between,"
      + " \(stable)\(cut)"
  }

  /// How the progression that ends the evaluation is called.
  var end: String { standard == .immune ? "first iCPD" : "first progression" }
}
