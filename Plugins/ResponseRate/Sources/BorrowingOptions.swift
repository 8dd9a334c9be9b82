import PluginKit
import PluginProtocol
import Statistics
import TrialData

/// What the user asked for of borrowing from controls and of shrinkage between groups.
struct BorrowingOptions: Sendable {
  enum Method: String, CaseIterable, Sendable {
    case none, power
    case betaBinomial = "beta-binomial"
    case map
    case robustMAP = "robust-map"
  }

  var method: Method
  /// The prior of the standard deviation between trials, and between groups.
  var heterogeneity: HeterogeneityPrior
  /// The weight of the vague part of the robust prior.
  var weight: Double
  /// The share of a control patient the power prior counts.
  var share: Double
  /// The arm whose rate is wanted, where a data set has several.
  var arm: String?
  /// What is known of the patients behind the rate; nothing for a count.
  var analyzed: AnalyzedPatients?

  /// Parameters that speak of patients, and make no sense beside a count.
  static let dataParameters = ["arm"]

  init(_ values: Parameters) throws(Refusal) {
    method = try values.optionalChoice("borrow") ?? .none
    heterogeneity = try Self.prior(try values.text("tau"))
    weight = try values.double("weight")
    share = try values.double("a0")
    arm = try values.optionalText("arm")
    analyzed = nil
    for (name, value) in [("weight", weight), ("a0", share)] where !(0...1).contains(value) {
      throw Refusal.parameter(name, "\(value)", expected: "a number from 0 to 1")
    }
  }

  private static func prior(_ text: String) throws(Refusal) -> HeterogeneityPrior {
    let forms = HeterogeneityPrior.forms.joined(separator: ", ")
    do {
      if let prior = try HeterogeneityPrior(parsing: text) { return prior }
    } catch {
      throw Refusal("parameter.value", "tau=\(text): \(error)", parameter: "tau", expected: forms)
    }
    let name = String(text.prefix { $0 != "(" })
    let names = HeterogeneityPrior.forms.map { String($0.prefix { $0 != "(" }) }
    let hint = names.nearest(to: name).map { "; did you mean \($0)(…)?" } ?? ""
    throw Refusal(
      "parameter.value", "tau=\(text): expected one of \(forms)\(hint)", parameter: "tau",
      expected: forms)
  }

  /// Keeps the patients of the arm that is wanted, and of the one it is compared with.
  ///
  /// - Throws: `Refusal` where the data set has no such arm.
  func select(
    _ patients: [PatientResponses.Patient], control: String?
  ) throws(Refusal) -> [PatientResponses.Patient] {
    guard let arm else { return patients }
    let arms = Set(patients.compactMap(\.subject.arm)).sorted()
    guard arms.contains(arm) else {
      let nearest = arms.nearest(to: arm).map { "; did you mean \($0)?" } ?? ""
      let list = arms.isEmpty ? "no arms" : "the arms \(arms.joined(separator: ", "))"
      throw Refusal(
        "parameter.value", "arm=\(arm): the data set has \(list)\(nearest)", parameter: "arm",
        expected: "one of \(arms.joined(separator: ", "))")
    }
    guard arm != control else {
      throw Refusal(
        "parameter.combination", "arm=\(arm): an arm is not compared with itself",
        parameter: "arm")
    }
    return patients.filter { $0.subject.arm == arm || $0.subject.arm == control }
  }
}
