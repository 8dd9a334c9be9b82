import JSON
import PluginProtocol
import RECIST

/// How many patients have which best overall response.
enum BestResponseTable {
  static func of(
    _ patients: [PatientResponses.Patient], _ set: ResponseRuleSet
  ) -> ResultDocument.ResultTable? {
    let bests = patients.compactMap(\.best)
    guard !bests.isEmpty else { return nil }
    let rows = codes(set.standard).map { code -> [JSONValue] in
      let number = bests.count { $0.code == code }
      return [
        .string(code.rawValue), .integer(Int64(number)),
        .number(Double(number) / Double(patients.count)),
      ]
    }
    let gap = set.best.confirmation.map { "confirmed at \($0.gapDays) days" } ?? "unconfirmed"
    let standard = set.standard == .recist1_1 ? "" : " by \(set.standard.label)"
    return ResultDocument.ResultTable(
      name: "best-overall-response", title: "Best overall response\(standard), \(gap)",
      columns: [
        .init("response", "Response"), .init("patients", "Patients", .count),
        .init("share", "Share", .percent),
      ], rows: rows)
  }

  /// From best to worst.
  private static func codes(_ standard: ResponseStandard) -> [ResponseCode] {
    guard standard == .immune else {
      return ResponseCategory.allCases.reversed().map(ResponseCode.recist)
    }
    return ImmuneResponseCategory.bestFirst.map(ResponseCode.immune)
      + [.recist(.notEvaluable), .recist(.missing)]
  }
}

extension ImmuneResponseCategory {
  fileprivate static let bestFirst: [Self] = [
    .completeResponse, .partialResponse, .stableDisease, .nonCompleteNonUnconfirmedProgressive,
    .confirmedProgressiveDisease, .unconfirmedProgressiveDisease,
  ]
}
