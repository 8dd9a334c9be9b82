import PluginProtocol
import Statistics

/// Every test of one response count against one control.
struct Battery: Sendable {
  let count: ResponseCount
  let control: Control
  let alternative: Alternative

  /// The tests a `test=` asks for, the primary one first.
  ///
  /// - Throws: `Refusal` when the test does not fit the control.
  func tests(_ selection: String, primary: PrimaryMethods) throws -> [ResultDocument.TestResult] {
    guard let controlCount = control.count else {
      let chosen = try Self.chosen(
        selection, primary.oneSample, "\(control.label) is a rate taken as known; its tests are")
      let test = try oneSampleTest()
      return chosen.map { result($0.rawValue, label: $0.label, test.result($0, alternative)) }
    }
    let chosen = try Self.chosen(
      selection, primary.twoSample,
      "\(control.label) is a count with its own uncertainty; its tests are")
    let test = TwoSampleTest(ContingencyTable(treated: count, control: controlCount))
    return try chosen.map { method in
      try Task.checkCancellation()
      do {
        return result(method.rawValue, label: method.label, try test.result(method, alternative))
      } catch {
        return refused(method.rawValue, label: method.label, "\(error)")
      }
    }
  }

  func oneSampleTest() throws -> OneSampleTest {
    do {
      return try OneSampleTest(count, against: control.rate)
    } catch {
      throw Refusal("parameter.range", "\(error)", parameter: "control")
    }
  }

  private static func chosen<Method: RawRepresentable & CaseIterable & Hashable>(
    _ selection: String, _ primary: Method, _ explanation: String
  ) throws(Refusal) -> [Method] where Method.RawValue == String {
    if selection == "all" { return [primary] + Method.allCases.filter { $0 != primary } }
    guard let method = Method(rawValue: selection) else {
      let names = Method.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(
        "parameter.combination", "test=\(selection): \(explanation) \(names)", parameter: "test",
        expected: "one of \(names)")
    }
    return method == primary ? [method] : [method, primary]
  }

  private func result(
    _ method: String, label: String, _ result: TestResult
  ) -> ResultDocument.TestResult {
    ResultDocument.TestResult(
      name: label, method: method, alternative: alternative.rawValue,
      statistic: result.statistic, degreesOfFreedom: result.degreesOfFreedom.map(Double.init),
      pValue: result.pValue, versus: control.versus)
  }

  private func refused(
    _ method: String, label: String, _ reason: String
  ) -> ResultDocument.TestResult {
    ResultDocument.TestResult(
      name: label, method: method, alternative: alternative.rawValue, pValue: nil, status: reason,
      versus: control.versus)
  }
}
