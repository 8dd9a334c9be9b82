import JSON
import PluginKit
import PluginProtocol
import Statistics

/// p against the control's response rate, with the controls of the panel on it: how much of a
/// conclusion is the choice of the control.
struct ControlCurve: Sendable {
  let options: Options
  let count: ResponseCount
  let primary: PrimaryMethods

  /// More patients than that, and an unconditional test at every rate takes too long.
  private static let mostUnconditional = 400
  private static let unconditional: Set<TwoSampleTest.Method> = [
    .barnard, .barnardBergerBoos, .boschloo, .boschlooCentral,
  ]
  private static let steps = 50

  private var alpha: Double { 1 - options.level }
  private var single: Control? { options.control?.single }
  private var panel: [Control] { options.control?.panel ?? [] }

  /// Whether the curve was asked for: by a panel of controls, or by `tipping=curve` beside a
  /// control given as counts (the tipping report draws it beside a rate).
  ///
  /// It is as long as the rest of a result, so that not every result carries one.
  private var isWanted: Bool {
    guard let single else { return !panel.isEmpty }
    return options.frequentist.tipping == .curve && single.count != nil
  }

  func write(into document: inout ResultDocument) {
    guard isWanted else { return }
    let controls = panel + (single.map { [$0] } ?? [])
    let rates = rates(around: controls)
    var series = [known(rates)]
    if let sized = ofOneSize(rates) { series.append(sized) }
    series.append(marked)
    document.figures.append(
      ResultDocument.Figure(
        name: "control-curve", kind: .curve,
        title: "\(count.responders)/\(count.patients) responders: \(options.alternative.words) p"
          + " against the control's response rate",
        axes: [
          .init(name: "x", label: "Response rate of the control", format: .percent),
          .init(name: "y", label: "p", scale: .logarithmic, format: .pValue),
        ],
        series: series,
        references: [
          .init(axis: "y", value: alpha, label: "p = \(Self.text(alpha))")
        ] + (single.map { [.init(axis: "x", value: $0.rate, label: $0.label)] } ?? []),
        alternativeText: alternativeText, caption: caption))
  }

  // MARK: Series

  /// Rates a step apart, from below the lowest control to above the highest.
  private func rates(around controls: [Control]) -> [Double] {
    let all = controls.map(\.rate) + [count.rate]
    let low = max(0.01, (all.min() ?? 0.25) - 0.05)
    let high = min(0.99, (all.max() ?? 0.25) + 0.1)
    return (0...Self.steps).map { low + (high - low) * Double($0) / Double(Self.steps) }
  }

  private func known(_ rates: [Double]) -> ResultDocument.Series {
    let pValues = rates.map { rate in
      (try? OneSampleTest(count, against: rate)).map {
        $0.pValue(primary.oneSample, options.alternative)
      }
    }
    return ResultDocument.Series(
      name: "rate-taken-as-known", label: "rate known exactly", x: rates.map(JSONValue.number),
      y: pValues.map(Self.shown), style: .line)
  }

  /// The primary test against controls as large as the one that was named.
  private func ofOneSize(_ rates: [Double]) -> ResultDocument.Series? {
    guard let patients = sizedPatients, let low = rates.first, let high = rates.last else {
      return nil
    }
    let first = Int((low * Double(patients)).rounded(.up))
    let last = Int((high * Double(patients)).rounded(.down))
    guard first <= last else { return nil }
    let responders = stride(from: first, through: last, by: max(1, (last - first) / Self.steps))
    let counts = responders.compactMap { try? ResponseCount(responders: $0, patients: patients) }
    return ResultDocument.Series(
      name: "control-of-\(patients)", label: "\(patients) controls",
      x: counts.map { .number($0.rate) },
      y: counts.map { Self.shown(pValue(against: $0, by: primary.twoSample)) }, style: .line)
  }

  /// How many patients the named control has, where the primary test can be done at every rate.
  private var sizedPatients: Int? {
    guard let patients = single?.count?.patients,
      !Self.unconditional.contains(primary.twoSample)
        || count.patients + patients <= Self.mostUnconditional
    else { return nil }
    return patients
  }

  /// Each control with its own number of patients.
  private var marked: ResultDocument.Series {
    let panel = points
    return ResultDocument.Series(
      name: "controls", label: isPublished ? "published controls" : "these controls",
      x: panel.map { .number($0.rate) }, y: panel.map { Self.shown(pValue(against: $0)) },
      labels: panel.map(\.label), style: .points)
  }

  /// The panel, and the control that was named where it is not part of it.
  private var points: [Control] {
    guard let single, single.count != nil, !panel.contains(single) else { return panel }
    return panel + [single]
  }

  private var isPublished: Bool {
    panel.allSatisfy { if case .published = $0 { true } else { false } }
  }

  private func pValue(against control: Control) -> Double? {
    if let other = control.count { return pValue(against: other, by: panelMethod) }
    return (try? OneSampleTest(count, against: control.rate))?
      .pValue(primary.oneSample, options.alternative)
  }

  private func pValue(
    against control: ResponseCount, by method: TwoSampleTest.Method
  ) -> Double? {
    let test = TwoSampleTest(ContingencyTable(treated: count, control: control))
    return try? test.pValue(method, options.alternative)
  }

  /// The primary test, where it was chosen for counts; else the panel's.
  private var panelMethod: TwoSampleTest.Method {
    single?.count == nil
      || Self.unconditional.contains(primary.twoSample)
        && points.contains { ($0.count?.patients ?? 0) + count.patients > Self.mostUnconditional }
      ? .scoreMiettinenNurminen : primary.twoSample
  }

  /// Nothing where there is no p, or one too small for a logarithm.
  private static func shown(_ pValue: Double?) -> JSONValue {
    pValue.map { $0 > 0 ? .number($0) : .null } ?? .null
  }

  // MARK: Words

  /// An error level without zeros at its end.
  private static func text(_ alpha: Double) -> String {
    String(decimal(alpha, places: 6).reversed().drop { $0 == "0" }.reversed())
  }

  private var caption: String {
    "Line for a rate known exactly: \(primary.oneSample.rawValue)."
      + (sizedPatients.map {
        " Line for \($0) controls: \(primary.twoSample.rawValue)."
      } ?? "") + " Points, each with its own number of patients: \(panelMethod.rawValue)."
  }

  private var alternativeText: String {
    let pValues = panel.compactMap { control in
      pValue(against: control).map { (control.label, control.rate, $0) }
    }
    guard let least = pValues.min(by: { $0.2 < $1.2 }), let most = pValues.max(by: { $0.2 < $1.2 })
    else { return "p rises or falls with the response rate of the control." }
    guard pValues.count > 1 else {
      return "p is \(pWords(least.2)) against \(least.0) (\(percent(least.1)))."
    }
    return "p runs from \(pWords(least.2)) against \(least.0) (\(percent(least.1))) to"
      + " \(pWords(most.2)) against \(most.0) (\(percent(most.1)))."
  }
}

extension Alternative {
  fileprivate var words: String {
    switch self {
    case .twoSided: "two-sided"
    case .greater, .less: "one-sided"
    }
  }
}
