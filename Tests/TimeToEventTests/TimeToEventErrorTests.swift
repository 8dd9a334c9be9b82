import Testing

@testable import TimeToEvent

@Suite struct TimeToEventErrorTests {
  @Test func wordsOfARefusal() {
    #expect(
      "\(TimeToEventError.unusableTime(-1, index: 2))"
        == "the time of subject 3 must be a finite number of at least 0, not -1.0")
  }
}
