import JSON
import PluginProtocol
import Statistics

/// One response count against several controls by the tests papers print: which of them gives a
/// figure that was printed.
struct ControlBattery: Sendable {
  let count: ResponseCount
  let controls: [Control]

  /// One column: a test in one direction.
  private struct Column<Method: RawRepresentable<String>>: Sendable where Method: Sendable {
    let method: Method
    let label: String
    var isOneSided = false

    var name: String { method.rawValue + (isOneSided ? "-one-sided" : "") }
  }

  private static let twoSample: [Column<TwoSampleTest.Method>] = [
    .init(method: .chiSquare, label: "chi2"), .init(method: .chiSquareYates, label: "Yates"),
    .init(method: .fisher, label: "Fisher"),
    .init(method: .fisher, label: "Fisher 1s", isOneSided: true),
    .init(method: .likelihoodRatio, label: "LRT"), .init(method: .barnard, label: "Barnard"),
    .init(method: .boschlooCentral, label: "Boschloo"),
    .init(method: .scoreMiettinenNurminen, label: "score MN"),
  ]

  private static let oneSample: [Column<OneSampleTest.Method>] = [
    .init(method: .exact, label: "exact"),
    .init(method: .exact, label: "exact 1s", isOneSided: true),
    .init(method: .exactDoubled, label: "doubled"), .init(method: .midP, label: "mid-p"),
    .init(method: .score, label: "score"),
    .init(method: .scoreContinuityCorrected, label: "score cc"),
  ]

  /// Writes the tables; the exact tests take long enough to be given up between controls.
  func write(into document: inout ResultDocument) throws {
    let counted = controls.filter { $0.count != nil }
    let fixed = controls.filter { $0.count == nil }
    if !counted.isEmpty { document.tables.append(try countsTable(counted)) }
    if !fixed.isEmpty { document.tables.append(ratesTable(fixed)) }
    guard !counted.isEmpty else { return }
    document.methods.append(
      .init(
        topic: "battery against counts",
        choice: "1s: one-sided in the direction of the data; Boschloo: the doubled one-sided test;"
          + " LRT: likelihood ratio", method: TwoSampleTest.Method.boschlooCentral.rawValue))
  }

  private func countsTable(_ controls: [Control]) throws -> ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "control-battery",
      title: "p-values of \(count.responders)/\(count.patients) against each control by test"
        + " (1s: one-sided)",
      columns: [.init("control", "Control"), .init("rate", "Rate", .percent)]
        + Self.twoSample.map { .init($0.name, $0.label, .pValue) },
      rows: try controls.compactMap { control in
        try Task.checkCancellation()
        return control.count.map { other in
          let test = TwoSampleTest(ContingencyTable(treated: count, control: other))
          return [.string(control.label), .number(control.rate)]
            + Self.twoSample.map { cell(try? test.pValue($0.method, side($0.isOneSided, control))) }
        }
      })
  }

  private func ratesTable(_ controls: [Control]) -> ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "fixed-rate-battery",
      title: "p-values of \(count.responders)/\(count.patients) against each rate taken as known"
        + " (1s: one-sided)",
      columns: [.init("control", "Control"), .init("rate", "Rate", .percent)]
        + Self.oneSample.map { .init($0.name, $0.label, .pValue) },
      rows: controls.map { control in
        let test = try? OneSampleTest(count, against: control.rate)
        return [.string(control.label), .number(control.rate)]
          + Self.oneSample.map { cell(test?.pValue($0.method, side($0.isOneSided, control))) }
      })
  }

  private func side(_ isOneSided: Bool, _ control: Control) -> Alternative {
    isOneSided ? (count.rate < control.rate ? .less : .greater) : .twoSided
  }

  private func cell(_ pValue: Double?) -> JSONValue { pValue.map(JSONValue.number) ?? .null }
}
