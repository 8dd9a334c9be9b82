import JSON
import PluginKit
import PluginProtocol
import Statistics

/// One response count against several controls: how far the conclusion depends on the choice.
struct SensitivityPanel: Sendable {
  let count: ResponseCount
  let controls: [Control]
  let alternative: Alternative

  /// The tests a panel shows, the primary one first.
  static let methods: [TwoSampleTest.Method] = [
    .scoreMiettinenNurminen, .chiSquare, .fisher,
  ]

  var rows: [Row] { controls.map { Row(count: count, control: $0, alternative: alternative) } }

  /// One control's line.
  struct Row: Sendable {
    let control: Control
    /// By method; for a fixed rate there are none.
    let pValues: [TwoSampleTest.Method: Double]
    /// The doubled exact binomial p, with the control's rate taken as known.
    let fixedRatePValue: Double?
    let difference: Double

    init(count: ResponseCount, control: Control, alternative: Alternative) {
      self.control = control
      difference = count.rate - control.rate
      fixedRatePValue = (try? OneSampleTest(count, against: control.rate)).map {
        $0.pValue(.exactDoubled, alternative)
      }
      var values: [TwoSampleTest.Method: Double] = [:]
      if let controlCount = control.count {
        let test = TwoSampleTest(ContingencyTable(treated: count, control: controlCount))
        for method in SensitivityPanel.methods {
          values[method] = try? test.pValue(method, alternative)
        }
      }
      pValues = values
    }

    /// The p a summary quotes: score-mn against a count, exact-doubled against a rate.
    var primaryPValue: Double? { pValues[.scoreMiettinenNurminen] ?? fixedRatePValue }
  }

  func table(of rows: [Row], published: Bool) -> ResultDocument.ResultTable {
    ResultDocument.ResultTable(
      name: "control-sensitivity",
      title: published
        ? "Against the published weekly-paclitaxel arms (metastatic breast cancer)"
        : "Against each control",
      columns: [
        .init("control", "Control"), .init("count", "Count"), .init("rate", "Rate", .percent),
        .init("assessor", "Assessed by"), .init("population", "Patients"),
        .init("difference", "Difference", .percent),
      ]
        + Self.methods.map { .init($0.rawValue, "p \($0.rawValue)", .pValue) }
        + [.init("exact-doubled", "p rate fixed", .pValue)],
      rows: rows.map(cells))
  }

  private func cells(_ row: Row) -> [JSONValue] {
    let described: [JSONValue] =
      switch row.control {
      case .rate(let rate, let text): [.string(text), .null, .number(rate), .null, .null]
      case .counts(let count):
        [.string(row.control.label), .string(row.control.label), .number(count.rate), .null, .null]
      case .arm(_, let count):
        [
          .string(row.control.label),
          count.map { .string("\($0.responders)/\($0.patients)") } ?? .null,
          .number(row.control.rate), .null, .string("this data set"),
        ]
      case .published(let control):
        [
          .string(control.name), .string("\(control.responders)/\(control.patients)"),
          .number(row.control.rate), .string(control.assessor), .string(control.population),
        ]
      }
    return described + [.number(row.difference)]
      + Self.methods.map { row.pValues[$0].map(JSONValue.number) ?? .null }
      + [row.fixedRatePValue.map(JSONValue.number) ?? .null]
  }

  /// The panel in one sentence.
  func summary(of rows: [Row], published: Bool) -> String {
    let rates = rows.map(\.control.rate)
    let pValues = rows.compactMap(\.primaryPValue)
    guard let lowest = rates.min(), let highest = rates.max(), let least = pValues.min(),
      let most = pValues.max()
    else { return "" }
    return "\(published ? "Published controls" : "These controls") range from \(percent(lowest)) to"
      + " \(percent(highest)); \(pRange(least, most))."
  }
}
