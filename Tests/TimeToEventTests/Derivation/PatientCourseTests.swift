import RECIST
import Testing

@testable import TimeToEvent

struct PatientCourseTests {
  private static let impossible: [(PatientCourseError, String)] = [
    (.afterDeath("assessment", day: 84, death: 60), "assessment on day 84, after death on day 60"),
    (
      .afterDeath("last contact", day: 61, death: 60),
      "last contact on day 61, after death on day 60"
    ),
    (
      .afterDeath("new therapy", day: 70, death: 60),
      "new therapy on day 70, after death on day 60"
    ),
    (.beforeStart("death", day: -1), "death on day -1, before day 0"),
  ]

  @Test("what cannot be is refused", arguments: impossible)
  func refusals(error: PatientCourseError, words: String) {
    #expect("\(error)" == words)
    #expect(throws: error) {
      switch error {
      case .afterDeath("assessment", let day, let death):
        try PatientCourse.make([(day, "SD")], death: death)
      case .afterDeath("last contact", let day, let death):
        try PatientCourse.make([], death: death, contact: day)
      case .afterDeath(_, let day, let death):
        try PatientCourse.make([], death: death, therapy: day)
      case .beforeStart(_, let day):
        try PatientCourse.make([], death: day)
      }
    }
  }

  @Test("a scan that was planned after death and not done is no sign of life")
  func missing() throws {
    let course = try PatientCourse.make([(42, "SD"), (84, "MISSING")], death: 60)
    #expect(course.lastAssessment(upTo: .max) == 42)
  }

  @Test("baseline is no assessment of response")
  func baseline() throws {
    let course = try PatientCourse.make([(-7, "PD"), (42, "SD")])
    #expect(course.visits.map(\.day) == [42])
  }

  @Test(
    "what became of a partial response",
    arguments: [
      (["PR", "PR", "PD"], AfterPartialResponse.held(day: 84)),
      (["PR", "CR", "PR"], .consolidated(day: 84)), (["PR", "SD", "NE"], .stabilized(day: 84)),
      (["SD", "PR", "PD"], .progressed(day: 126)), (["SD", "NE", "PR"], .notSeenAgain),
    ])
  func afterPartialResponse(codes: [String], expected: AfterPartialResponse) throws {
    let course = try PatientCourse.make(codes.enumerated().map { (($0 + 1) * 42, $1) })
    #expect(EndpointDerivation().afterPartialResponse(course) == expected)
  }

  @Test("there is nothing after a response that was complete at once, or that never came")
  func noPartialResponse() throws {
    for codes in [["CR", "CR"], ["SD", "PD"]] {
      let course = try PatientCourse.make(codes.enumerated().map { (($0 + 1) * 42, $1) })
      #expect(EndpointDerivation().afterPartialResponse(course) == nil)
    }
  }
}
