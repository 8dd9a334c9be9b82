import ReferenceTesting
import Testing

@testable import TimeToEvent

struct ResponderTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let responses: [Double?]
    let chisq: Double

    var testDescription: String { sample }
  }

  static let table = Result { try ReferenceTable<Row>.load("mantel-byar", in: .module) }

  @Test(
    "Mantel and Byar's test agrees with a state that changes with time in R",
    arguments: try table.get().rows)
  func mantelByar(row: Row) throws {
    let sample = try ReferenceSample.named(row.sample).eventTimes()
    let comparison = try ResponderComparison(sample, responses: row.responses)
    let test = try comparison.mantelByarTest()
    #expect(test.test.statistic.agrees(with: row.chisq, within: 1e-10))
    #expect(test.observed.reduce(0, +) == Double(sample.events))
    #expect(test.expected.reduce(0, +).agrees(with: Double(sample.events), within: 1e-12))
  }

  @Test("an event at the time of the response is a non-responder's")
  func eventAtResponse() throws {
    let sample = try EventTimes(
      times: [2, 5, 5, 6, 9], occurred: [true, true, true, true, false])
    let test = try ResponderComparison(sample, responses: [nil, 5, 3, 1, nil]).mantelByarTest()
    #expect(test.observed == [2, 2])
    #expect(test.expected[1].agrees(with: 0.2 + 2 * 0.5 + 0.5, within: 1e-14))
  }

  @Test("a comparison by response says how much time was guaranteed")
  func warning() throws {
    let sample = try EventTimes(times: [10, 20, 5], occurred: [true, false, true])
    let comparison = try ResponderComparison(sample, responses: [4, 5, nil])
    #expect(comparison.groups.codes == [1, 1, 0])
    let warning = try #require(comparison.guaranteeTimeWarning)
    #expect(
      "\(warning)"
        == "guarantee-time bias: the 2 responders could not have had the event before they responded"
        + " (median time to response 4.5), so 30.0 % of their follow-up was free of it by definition;"
        + " compare from a landmark, or with response as a state that changes with time")
    #expect(
      try ResponderComparison(sample, responses: [nil, nil, nil]).guaranteeTimeWarning == nil)
    #expect(throws: TimeToEventError.unusableResponse(6, index: 2)) {
      try ResponderComparison(sample, responses: [nil, nil, 6])
    }
  }

  @Test("a landmark keeps who is still followed, by their state at it")
  func landmark() throws {
    let sample = try EventTimes(
      times: [3, 8, 8, 12, 20, 5], occurred: [true, true, false, true, false, false])
    let landmark = try Landmark(sample, at: 8)
    #expect(landmark.kept == [1, 2, 3, 4])
    #expect(landmark.sample.times == [0, 0, 4, 12])
    #expect(landmark.eventsBefore == 1 && landmark.censoredBefore == 1)
    // The response at 10 is after the landmark and does not count.
    #expect(try landmark.responders([nil, 8, nil, 10, 2, 1]).codes == [1, 0, 0, 1])
    #expect(throws: TimeToEventError.nobodyAtLandmark(21)) { try Landmark(sample, at: 21) }
    #expect(throws: TimeToEventError.unusableLandmark(-1)) { try Landmark(sample, at: -1) }
  }
}
