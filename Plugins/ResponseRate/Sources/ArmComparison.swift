import PluginProtocol
import Statistics
import TrialData

/// The patients of a data set in two arms: one that is the control, and the others.
struct ArmComparison: Sendable {
  typealias Patient = PatientResponses.Patient

  let treated, control: [Patient]
  let controlArm: String
  /// The arms compared with the control, in order.
  let treatedArms: [String]

  /// - Throws: `Refusal` where the data set has no such arm, or no other.
  init(_ patients: [Patient], control name: String) throws(Refusal) {
    let arms = Set(patients.compactMap(\.subject.arm)).sorted()
    guard arms.contains(name) else {
      let nearest = arms.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
      let list = arms.isEmpty ? "no arms" : "the arms \(arms.joined(separator: ", "))"
      throw Refusal(
        "parameter.value", "control=arm:\(name): the data set has \(list)\(nearest)",
        parameter: "control", expected: "arm: and one of \(arms.joined(separator: ", "))")
    }
    controlArm = name
    treatedArms = arms.filter { $0 != name }
    control = patients.filter { $0.subject.arm == name }
    treated = patients.filter { $0.subject.arm.map { $0 != name } ?? false }
    guard !treated.isEmpty else {
      throw Refusal(
        "data.one-arm", "control=arm:\(name): every patient of the data set is in this arm",
        parameter: "control")
    }
    guard treatedArms.count == 1 else {
      let list = treatedArms.joined(separator: ", ")
      throw Refusal(
        "parameter.missing",
        "control=arm:\(name): the data set has several other arms: say arm= one of \(list)",
        parameter: "arm", expected: "one of \(list)")
    }
  }

  static func count(_ patients: [Patient]) throws(Refusal) -> ResponseCount {
    try ResponseRate.responseCount(patients.count(where: \.isResponder), patients.count)
  }

  var notes: [Note] {
    let others = treatedArms.joined(separator: ", ")
    return [
      Note(
        .info, "control.arm",
        "Compared with the data set's own arm \(controlArm): \(treated.count) patients of"
          + " \(others) against \(control.count)."),
      Note(
        .info, "control.randomization",
        "The data do not say whether patients were randomized to the arms; without that the arms"
          + " may differ in more than the treatment."),
    ]
  }

  /// Both arms by a column; strata of one arm only are named apart.
  func strata(
    by grouping: Options.Grouping
  ) throws(Refusal) -> (both: [(label: String, table: ContingencyTable)], left: [String]) {
    let (own, other) = (byValue(treated, grouping), byValue(control, grouping))
    var both: [(label: String, table: ContingencyTable)] = []
    var left: [String] = []
    for key in Set(own.keys).union(other.keys).sorted() {
      if let a = own[key], let b = other[key] {
        both.append(
          (key.label, ContingencyTable(treated: try Self.count(a), control: try Self.count(b))))
      } else {
        left.append(key.label)
      }
    }
    return (both, left)
  }

  private func byValue(
    _ patients: [Patient], _ grouping: Options.Grouping
  ) -> [GroupKey: [Patient]] {
    Dictionary(grouping: patients) { grouping.value(of: $0.subject) }
  }
}

extension PatientResponses {
  /// Takes the control arm out of the patients whose rate is reported, and makes it the control.
  func armComparison(
    _ counted: inout [Patient], _ options: inout Options, into document: inout ResultDocument
  ) throws(Refusal) -> ArmComparison? {
    guard let name = options.frequentist.controlArm else { return nil }
    let arms = try ArmComparison(counted, control: name)
    counted = arms.treated
    let own = Control.arm(name, try ArmComparison.count(arms.control))
    let isAlone = options.control?.single != nil
    options.control = Control.Choice(
      single: isAlone ? own : nil,
      panel: isAlone
        ? [] : options.control?.panel.map { if case .arm = $0 { own } else { $0 } } ?? [])
    document.notes += arms.notes
    return arms
  }

  func writeStrata(
    _ arms: ArmComparison?, _ options: Options, into document: inout ResultDocument
  ) throws {
    guard let arms, let column = options.frequentist.stratification else { return }
    let strata = try arms.strata(by: column.grouping)
    try StratifiedReport(
      options: options, column: column.rawValue, strata: strata.both, left: strata.left
    ).write(into: &document)
  }
}
