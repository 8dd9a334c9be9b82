import RECIST
import Testing

struct OverallResponseTests {
  /// Eisenhauer 2009, tables 1 and 2; "-" for a patient without lesions of that kind.
  @Test(
    "follows the time-point tables",
    arguments: [
      ("CR", "CR", false, "CR"), ("CR", "-", false, "CR"), ("CR", "NON-CR/NON-PD", false, "PR"),
      ("CR", "NE", false, "PR"), ("CR", "MISSING", false, "PR"),
      ("PR", "NON-CR/NON-PD", false, "PR"),
      ("PR", "NE", false, "PR"), ("PR", "CR", false, "PR"), ("PR", "-", false, "PR"),
      ("SD", "NON-CR/NON-PD", false, "SD"), ("SD", "NE", false, "SD"), ("SD", "CR", false, "SD"),
      ("NE", "NON-CR/NON-PD", false, "NE"), ("NE", "CR", false, "NE"), ("NE", "-", false, "NE"),
      ("-", "CR", false, "CR"), ("-", "NON-CR/NON-PD", false, "NON-CR/NON-PD"),
      ("-", "NE", false, "NE"), ("-", "PD", false, "PD"), ("-", "-", false, "NE"),
      ("-", "-", true, "PD"), ("MISSING", "MISSING", false, "MISSING"),
      ("MISSING", "-", false, "MISSING"),
      ("MISSING", "CR", false, "NE"), ("NON-CR/NON-PD", "CR", false, "NE"),
    ])
  func table(target: String, nonTarget: String, newLesion: Bool, overall: String) {
    let response = ResponseCategory(
      target: ResponseCategory(rawValue: target), nonTarget: ResponseCategory(rawValue: nonTarget),
      newLesion: newLesion)
    #expect(response.rawValue == overall)
  }

  @Test("any progression and any new lesion is PD")
  func progression() {
    let categories = ResponseCategory.allCases.map(Optional.some) + [nil]
    for other in categories {
      for (target, nonTarget, new) in [
        (.progressiveDisease, other, false), (other, .progressiveDisease, false),
        (other, other, true),
      ] as [(ResponseCategory?, ResponseCategory?, Bool)] {
        #expect(
          ResponseCategory(target: target, nonTarget: nonTarget, newLesion: new)
            == .progressiveDisease)
      }
    }
  }

  @Test(
    "judges non-target lesions together",
    arguments: [
      ([.absent, .absent], "CR"), ([.absent, .present], "NON-CR/NON-PD"),
      ([.absent, .notEvaluable], "NE"), ([.present, .notEvaluable], "NE"),
      ([.notEvaluable, .unequivocalProgression], "PD"), ([.present], "NON-CR/NON-PD"),
    ] as [([NonTargetState], String)])
  func nonTargets(states: [NonTargetState], code: String) {
    #expect(ResponseCategory(nonTargets: states)?.rawValue == code)
    #expect(ResponseCategory(nonTargets: states.reversed())?.rawValue == code)
  }

  @Test func `a patient without non-target lesions has no such response`() {
    #expect(ResponseCategory(nonTargets: [NonTargetState]()) == nil)
  }
}
