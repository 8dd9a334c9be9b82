import RECIST
import Testing

struct ResponseCodeTests {
  @Test("categories are ordered from worst to best")
  func order() {
    #expect(
      ResponseCategory.allCases.sorted(by: >).map(\.rawValue) == [
        "CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "MISSING",
      ])
    #expect(
      ResponseCategory.allCases.filter(\.isObjectiveResponse) == [
        .partialResponse, .completeResponse,
      ])
    #expect(ResponseCategory.allCases.filter { !$0.isEvaluable } == [.missing, .notEvaluable])
  }

  @Test("every code reads back, in any letter case")
  func codes() {
    let codes =
      ResponseCategory.allCases.map(ResponseCode.recist)
      + ImmuneResponseCategory.allCases.map(ResponseCode.immune)
    for code in codes {
      #expect(ResponseCode(rawValue: code.rawValue) == code)
      #expect(ResponseCode(reading: " \(code.rawValue.lowercased())\t") == code)
    }
    #expect(Set(codes.map(\.rawValue)).count == codes.count)
  }

  @Test(arguments: [("NOT DONE", "MISSING"), ("nd", "MISSING"), ("Non-CR/Non-PD", "NON-CR/NON-PD")])
  func synonyms(text: String, code: String) {
    #expect(ResponseCode(reading: text)?.rawValue == code)
  }

  @Test(arguments: ["", " ", "CRR", "C R", "yes", "iNE", "\u{0}"])
  func refuses(text: String) {
    #expect(ResponseCode(reading: text) == nil)
    #expect(ResponseCode(rawValue: text) == nil)
  }

  @Test func `an unconfirmed progression is no progression`() {
    #expect(ResponseCode(reading: "iUPD")?.category == nil)
    #expect(ResponseCode(reading: "PD")?.category == .progressiveDisease)
    #expect(ResponseCode(rawValue: "pd") == nil)
  }
}
