import PluginProtocol
import Statistics

/// The ratio and the odds ratio of a comparison with counts.
struct RatioReport: Sendable {
  let options: Options
  let table: ContingencyTable
  let control: Control

  func write(into document: inout ResultDocument) throws {
    let frequentist = options.frequentist
    let ratio = frequentist.conventions?.ratio ?? .miettinenNurminen
    for method in Self.methods(frequentist.ratio, primary: ratio) {
      let interval = try RatioInterval(table, level: options.level, method: method)
      document.estimates.append(
        estimate(
          "rate-ratio", "Ratio to \(control.label)", interval.estimate, method.rawValue,
          interval.lower, interval.upper))
      add("ratio", method.rawValue, method.convention, to: &document)
    }
    let odds = frequentist.conventions?.odds ?? .miettinenNurminen
    for method in Self.methods(frequentist.odds, primary: odds) {
      let interval = try OddsRatioInterval(table, level: options.level, method: method)
      document.estimates.append(
        estimate(
          "odds-ratio", "Odds ratio to \(control.label)", interval.estimate, method.rawValue,
          interval.lower, interval.upper))
      add("odds ratio", method.rawValue, method.convention, to: &document)
    }
  }

  /// One method unless more are asked for.
  private static func methods<Method: MethodBattery>(
    _ selection: Options.Selection<Method>?, primary: Method
  ) -> [Method] {
    switch selection {
    case .all: [primary] + Method.battery.filter { $0 != primary }
    case .only(let method): [method]
    case .some(.none), nil: [primary]
    }
  }

  private func estimate(
    _ name: String, _ label: String, _ value: Double?, _ method: String, _ lower: Double,
    _ upper: Double
  ) -> ResultDocument.Estimate {
    ResultDocument.Estimate(
      name: name, label: label, value: value,
      status: value == nil ? "nothing is known of it: \(reason)" : nil,
      interval: value == nil
        ? nil : .init(method: method, level: options.level, lower: lower, upper: upper))
  }

  private var reason: String {
    table.responders == 0 ? "nobody responded" : "everybody responded"
  }

  private func add(
    _ kind: String, _ method: String, _ convention: String, to document: inout ResultDocument
  ) {
    document.methods.append(
      .init(topic: "\(kind) \(method)", choice: convention, method: method))
  }
}
