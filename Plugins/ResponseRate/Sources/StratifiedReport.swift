import JSON
import PluginKit
import PluginProtocol
import Statistics

/// Two arms compared stratum by stratum: what they differ by in all alike, and whether they do.
struct StratifiedReport: Sendable {
  let options: Options
  let column: String
  /// In order; each has patients of both arms.
  let strata: [(label: String, table: ContingencyTable)]
  /// Strata with patients of one arm only, which tell nothing of the difference.
  let left: [String]

  func write(into document: inout ResultDocument) throws {
    document.tables.append(try table())
    guard !strata.isEmpty else {
      throw Refusal(
        "data.no-strata", "no \(column) has patients of both arms", parameter: "stratify")
    }
    let stratified = try StratifiedTable(strata.map(\.table))
    for method in StratifiedInterval.Method.inOrder(options.frequentist.conventions) {
      document.estimates.append(try estimate(stratified, method))
      document.methods.append(
        .init(
          topic: "stratified \(method.rawValue)", choice: method.convention,
          method: method.rawValue))
    }
    writeTests(stratified, into: &document)
    if !left.isEmpty {
      document.notes.append(
        Note(
          .caution, "strata.one-arm",
          "Left out, because they have patients of one arm only: \(left.joined(separator: ", "))."))
    }
  }

  // MARK: Estimates

  private func estimate(
    _ table: StratifiedTable, _ method: StratifiedInterval.Method
  ) throws -> ResultDocument.Estimate {
    let interval = try StratifiedInterval(table, level: options.level, method: method)
    let (name, label): (String, String) =
      switch method.contrast {
      case .difference: ("stratified-rate-difference", "Common difference over \(column)")
      case .ratio: ("stratified-rate-ratio", "Common ratio over \(column)")
      case .oddsRatio: ("stratified-odds-ratio", "Common odds ratio over \(column)")
      }
    return ResultDocument.Estimate(
      name: name, label: label, value: interval.estimate,
      unit: method.contrast == .difference ? "proportion" : nil,
      status: interval.estimate == nil ? "not defined in these strata" : nil,
      interval: interval.estimate == nil
        ? nil
        : .init(
          method: method.rawValue, level: options.level, lower: interval.lower,
          upper: interval.upper))
  }

  private func table() throws -> ResultDocument.ResultTable {
    let rows = try strata.map { label, table -> [JSONValue] in
      let difference = try DifferenceInterval(table, level: options.level)
      return [
        .string(label), .string("\(table.treated.responders)/\(table.treated.patients)"),
        .string("\(table.control.responders)/\(table.control.patients)"),
        .number(difference.estimate), .number(difference.lower), .number(difference.upper),
      ]
    }
    return ResultDocument.ResultTable(
      name: "strata-\(column)", title: "Difference between the arms by \(column)",
      columns: [
        .init("stratum", column), .init("treated", "Treated"), .init("control", "Control"),
        .init("difference", "Difference", .percent), .init("lower", "Lower", .percent),
        .init("upper", "Upper", .percent),
      ], rows: rows)
  }

  // MARK: Tests

  private func writeTests(_ table: StratifiedTable, into document: inout ResultDocument) {
    let test = StratifiedTest(table)
    let conventions = options.frequentist.conventions
    let across: StratifiedTest.Method = conventions?.acrossStrata ?? .cochranMantelHaenszel
    let alike: StratifiedTest.Method = conventions == .sas ? .breslowDay : .breslowDayTarone
    for method in [across, alike] {
      let alternative = method.isOfHomogeneity ? Alternative.twoSided : options.alternative
      let result = test.result(method, alternative)
      document.tests.append(
        ResultDocument.TestResult(
          name: method.label, method: method.rawValue, alternative: alternative.rawValue,
          statistic: result?.statistic,
          degreesOfFreedom: result?.degreesOfFreedom.map(Double.init), pValue: result?.pValue,
          status: result == nil ? "these strata do not allow it" : nil,
          versus: method.isOfHomogeneity ? "the same odds ratio in every stratum" : "no difference")
      )
      document.methods.append(
        .init(topic: "test \(method.rawValue)", choice: method.convention, method: method.rawValue))
    }
    let interaction = test.result(alike)?.pValue
    document.notes.append(
      Note(
        .caution, "strata.interaction",
        interaction.map {
          "Interaction with \(column): \(pSentence($0)) (\(alike.rawValue)). A difference in one"
            + " stratum is no finding without this."
        }
          ?? "Whether the arms differ alike in every \(column) cannot be tested here; a difference"
          + " in one stratum is no finding."))
  }
}

extension StratifiedInterval.Method {
  /// The primary one first.
  static func inOrder(_ conventions: Conventions?) -> [Self] {
    let first = conventions?.stratifiedDifference ?? .miettinenNurminen
    return [first]
      + [.miettinenNurminen, .newcombe, .sato, .ratio, .oddsRatio].filter { $0 != first }
  }
}

extension StratifiedTest.Method {
  var label: String {
    switch self {
    case .cochranMantelHaenszel: "Cochran-Mantel-Haenszel"
    case .cochranMantelHaenszelCorrected: "Cochran-Mantel-Haenszel, corrected"
    case .breslowDay: "Breslow-Day"
    case .breslowDayTarone: "Breslow-Day, Tarone"
    }
  }
}
