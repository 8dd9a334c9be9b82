import JSON
import PluginKit
import PluginProtocol
import Statistics

/// The tests that belong beside response rates by group: that the rates are one, and for ordered
/// groups that they do not rise.
struct GroupTests: Sendable {
  let options: Options
  let grouping: Options.Grouping
  /// In order; a group without a value of the column comes last.
  let groups: [(key: GroupKey, count: ResponseCount)]

  func write(into document: inout ResultDocument) throws {
    let known = groups.filter { !$0.key.isMissing }
    guard known.count > 1 else {
      document.notes.append(
        Note(
          .info, "groups.one", "There is one \(grouping.rawValue) only: nothing to compare."))
      return
    }
    try writeHomogeneity(known.map(\.count), into: &document)
    if grouping == .doseLevel { try writeTrend(known, into: &document) }
    if known.count < groups.count {
      document.notes.append(
        Note(
          .info, "groups.missing",
          "Patients without a \(grouping.rawValue) are left out of the tests between groups."))
    }
  }

  private var versus: String { "one rate in all" }

  private func writeHomogeneity(
    _ counts: [ResponseCount], into document: inout ResultDocument
  ) throws {
    let test = try HomogeneityTest(counts)
    var exact: Double?
    for method in [HomogeneityTest.Method.fisherFreemanHalton, .chiSquare] {
      let label =
        method == .chiSquare ? "Chi-square over groups" : "Fisher's exact over groups"
      do {
        let result = try test.result(method)
        if method == .fisherFreemanHalton { exact = result.pValue }
        append(result, method.rawValue, label, .twoSided, versus, to: &document)
      } catch {
        refuse(method.rawValue, label, .twoSided, versus, "\(error)", to: &document)
      }
      document.methods.append(
        .init(
          topic: "test \(method.rawValue)", choice: method.convention, method: method.rawValue))
    }
    let chiSquare = try test.result(.chiSquare).pValue
    let (name, pValue) =
      exact.map { ("exact", $0) } ?? ("chi-square", chiSquare)
    let finding =
      pValue <= 1 - options.level
      ? "the rates differ more than chance explains"
      : "a difference between them is not shown"
    document.notes.append(
      Note(
        .caution, "groups.homogeneity",
        "Rates by \(grouping.rawValue): homogeneity \(pSentence(pValue)) (\(name)); \(finding)."
          + " Do not quote one group's rate without this."))
  }

  private func writeTrend(
    _ groups: [(key: GroupKey, count: ResponseCount)], into document: inout ResultDocument
  ) throws {
    let doses = groups.compactMap(\.key.number)
    guard doses.count == groups.count else { return }
    let test = TrendTest(try TrendTable(groups.map(\.count), scores: doses))
    let jonckheere = options.frequentist.conventions?.jonckheere ?? .jonckheere
    for method in [
      TrendTest.Method.cochranArmitage, .cochranArmitageExact, jonckheere, .jonckheereExact,
    ] {
      do {
        let result = try test.result(method, options.alternative)
        append(
          result, method.rawValue, method.label, options.alternative, "no trend",
          to: &document)
      } catch {
        refuse(
          method.rawValue, method.label, options.alternative, "no trend", "\(error)",
          to: &document)
      }
      document.methods.append(
        .init(
          topic: "test \(method.rawValue)", choice: method.convention, method: method.rawValue))
    }
    let scores = doses.map { "\($0 == $0.rounded() ? "\(Int($0))" : "\($0)")" }
    document.methods.append(
      .init(
        topic: "dose scores",
        choice: "the doses themselves, \(scores.joined(separator: ", ")); Jonckheere takes their"
          + " order only", source: "Armitage 1955"))
  }

  // MARK: Results

  private func append(
    _ result: Statistics.TestResult, _ method: String, _ label: String,
    _ alternative: Alternative, _ versus: String, to document: inout ResultDocument
  ) {
    document.tests.append(
      ResultDocument.TestResult(
        name: label, method: method, alternative: alternative.rawValue,
        statistic: result.statistic, degreesOfFreedom: result.degreesOfFreedom.map(Double.init),
        pValue: result.pValue, versus: versus))
  }

  private func refuse(
    _ method: String, _ label: String, _ alternative: Alternative, _ versus: String,
    _ reason: String, to document: inout ResultDocument
  ) {
    document.tests.append(
      ResultDocument.TestResult(
        name: label, method: method, alternative: alternative.rawValue, pValue: nil,
        status: reason, versus: versus))
  }
}

extension TrendTest.Method {
  var label: String {
    switch self {
    case .cochranArmitage: "Cochran-Armitage trend"
    case .cochranArmitageExact: "Cochran-Armitage, exact"
    case .jonckheere: "Jonckheere trend"
    case .jonckheereUntied: "Jonckheere, ties ignored"
    case .jonckheereExact: "Jonckheere, exact"
    }
  }
}
