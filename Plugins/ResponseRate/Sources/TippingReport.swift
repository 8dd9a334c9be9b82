import JSON
import PluginKit
import PluginProtocol
import Statistics

/// How far a control may move before the conclusion of each test changes.
struct TippingReport: Sendable {
  let options: Options
  let count: ResponseCount
  let control: Control

  /// Above it an unconditional test at every number of control responders takes too long.
  private static let maximumUnconditional = 1000
  private static let maximumControl = 20_000

  private var alpha: Double { 1 - options.level }

  func write(into document: inout ResultDocument) throws {
    guard options.frequentist.tipping != .none else { return }
    guard alpha <= 0.5 else {
      throw Refusal(
        "parameter.combination",
        "tipping= needs a level of at least 0.5, not \(options.level)", parameter: "tipping")
    }
    if let other = control.count {
      try writeCounts(other, into: &document)
    } else {
      writeRates(into: &document)
    }
  }

  // MARK: Rates

  private func writeRates(into document: inout ResultDocument) {
    var rows: [[JSONValue]] = []
    for method in OneSampleTest.Method.allCases {
      do {
        let points = try OneSampleTest.tippingPoints(
          of: count, method, options.alternative, alpha: alpha)
        rows += self.rows(method, points)
      } catch {
        rows.append([.string(method.rawValue), .null, .string("\(error)"), .null])
      }
    }
    document.tables.append(
      ResultDocument.ResultTable(
        name: "tipping-points",
        title: "Control rates at which the conclusion about \(count.responders)/\(count.patients)"
          + " changes (p at most \(text(alpha)) rejects)",
        columns: [
          .init("test", "Test"), .init("rate", "Control rate"), .init("above", "Just above it"),
          .init("kind", "p there"),
        ], rows: rows))
    noteCrossings(rows, into: &document)
    if options.frequentist.tipping == .curve { writeCurve(into: &document) }
  }

  private func rows(
    _ method: OneSampleTest.Method, _ points: [TippingPoint]
  ) -> [[JSONValue]] {
    guard !points.isEmpty else {
      return [[.string(method.rawValue), .null, .string("never changes"), .null]]
    }
    return points.map { point in
      [
        .string(method.rawValue), .number(point.rate),
        .string(point.rejectsAbove ? "rejects" : "accepts"),
        .string(point.isJump ? "jumps" : "passes"),
      ]
    }
  }

  private func noteCrossings(_ rows: [[JSONValue]], into document: inout ResultDocument) {
    let counts = Dictionary(grouping: rows) { $0[0].string ?? "" }.mapValues(\.count)
    let often = OneSampleTest.Method.allCases.filter { counts[$0.rawValue, default: 0] > 2 }
    for method in often {
      document.notes.append(
        Note(
          .caution, "tipping.not-monotone",
          "\(method.rawValue) changes its mind \(counts[method.rawValue, default: 0]) times as the"
            + " control rate rises: its two-sided p jumps wherever one more count becomes as"
            + " extreme, so the rates it accepts are no interval."))
    }
  }

  /// p at rates half a point apart, and at either side of every jump.
  private func writeCurve(into document: inout ResultDocument) {
    let rates = (1...199).map { Double($0) / 200 }
    let tests = rates.compactMap { try? OneSampleTest(count, against: $0) }
    let methods = OneSampleTest.Method.allCases
    document.tables.append(
      ResultDocument.ResultTable(
        name: "p-by-control-rate", title: "p against each control rate",
        columns: [.init("rate", "Control rate", .percent)]
          + methods.map { .init($0.rawValue, $0.rawValue, .pValue) },
        rows: tests.map { test in
          [.number(test.rate)]
            + methods.map { .number(test.pValue($0, options.alternative)) }
        }))
    document.figures.append(
      ResultDocument.Figure(
        name: "p-by-control-rate", kind: .curve,
        title: "p of \(count.responders)/\(count.patients) against the control rate",
        axes: [
          .init(name: "x", label: "Control rate", format: .percent),
          .init(name: "y", label: "p", format: .pValue),
        ],
        series: methods.map { method in
          .init(
            name: method.rawValue, label: method.label, x: tests.map { .number($0.rate) },
            y: tests.map { .number($0.pValue(method, options.alternative)) })
        },
        references: [
          .init(axis: "y", value: alpha, label: "p = \(text(alpha))"),
          .init(axis: "x", value: control.rate, label: control.label),
        ]))
  }

  // MARK: Counts

  private func writeCounts(_ other: ResponseCount, into document: inout ResultDocument) throws {
    guard other.patients <= Self.maximumControl else {
      throw Refusal(
        "parameter.range",
        "tipping= tries every number of control responders: at most \(Self.maximumControl)"
          + " patients, not \(other.patients)", parameter: "tipping")
    }
    document.tables.append(
      ResultDocument.ResultTable(
        name: "tipping-counts",
        title: "Responders among \(other.patients) controls at which the conclusion about"
          + " \(count.responders)/\(count.patients) changes (p at most \(text(alpha)) rejects)",
        columns: [
          .init("test", "Test"), .init("conclusions", "Control responders"),
          .init("observed", "At \(other.responders)"),
        ],
        rows: TwoSampleTest.Method.allCases.map { cells($0, other) }))
  }

  private func cells(_ method: TwoSampleTest.Method, _ other: ResponseCount) -> [JSONValue] {
    let isSlow = [.barnard, .barnardBergerBoos, .boschloo, .boschlooCentral].contains(method)
    guard !isSlow || count.patients + other.patients <= Self.maximumUnconditional else {
      return [
        .string(method.rawValue),
        .string("not tried above \(Self.maximumUnconditional) patients in all"), .null,
      ]
    }
    do {
      let counts = try TwoSampleTest.tippingCounts(
        of: count, controlPatients: other.patients, method, options.alternative, alpha: alpha)
      let words = counts.indices.map { index in
        let last =
          index + 1 < counts.count ? counts[index + 1].responders - 1 : other.patients
        let range = range(counts[index].responders, last)
        return "\(counts[index].rejects ? "rejects" : "accepts") \(range)"
      }
      let here = counts.last { $0.responders <= other.responders }?.rejects ?? false
      return [
        .string(method.rawValue), .string(words.joined(separator: ", ")),
        .string(here ? "rejects" : "accepts"),
      ]
    } catch {
      return [.string(method.rawValue), .string("\(error)"), .null]
    }
  }

  private func range(_ first: Int, _ last: Int) -> String {
    first == last ? "\(first)" : "\(first)-\(last)"
  }

  /// An error level without the rounding of 1 − 0.95.
  private func text(_ alpha: Double) -> String {
    let places = decimal(alpha, places: 6)
    return String(places.reversed().drop { $0 == "0" }.reversed())
  }
}
