import RECIST
import ReferenceTesting
import Testing

@testable import TimeToEvent

struct EndpointDerivationTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    struct Visit: Decodable, Sendable {
      let day: Int
      let response: String
    }
    struct Time: Decodable, Sendable {
      let endpoint: TimeEndpoint
      let time: Int
      let occurred: Bool
    }

    let subject: String
    let visits: [Visit]
    let death, lastContact: Int?
    let times: [Time]

    var testDescription: String { subject }
  }

  static let derived = Result { try ReferenceTable<Row>.load("derived-times", in: .module) }

  @Test("times agree with admiralonco's", arguments: try derived.get().rows)
  func agreesWithAdmiral(row: Row) throws {
    let course = try PatientCourse.make(
      row.visits.map { ($0.day, $0.response) }, death: row.death, contact: row.lastContact)
    for expected in row.times {
      // The pilot's patient was scanned after the last day the source calls alive; admiralonco
      // takes that day as given, and here the scan is a sign of life.
      let scanned = expected.endpoint == .overallSurvival ? row.visits.last?.day ?? 0 : 0
      let time = try #require(
        EndpointDerivation().outcome(expected.endpoint, of: course).time)
      #expect(time.time == max(expected.time, scanned), "\(expected.endpoint)")
      #expect(time.occurred == expected.occurred, "\(expected.endpoint)")
    }
    let hasDuration = row.times.contains { $0.endpoint == .durationOfResponse }
    #expect(
      (EndpointDerivation().outcome(.durationOfResponse, of: course).time != nil) == hasDuration)
  }

  typealias Case = (
    name: String, visits: [(Int, String)], death: Int?, contact: Int?, therapy: Int?,
    rules: CensoringRules, endpoint: TimeEndpoint, time: Int?, occurred: Bool, eventFree: Int?,
    words: String
  )

  private static let gap = CensoringRules(missedScans: .init(longestGap: 98))

  /// One for every reason, and for both sides of every limit.
  static let cases: [Case] = [
    (
      "progression at a scan", [(42, "SD"), (84, "PD")], nil, nil, nil, .init(),
      .progressionFreeSurvival, 84, true, 42, "progression on day 84"
    ),
    (
      "a scan that shows nothing is none", [(42, "SD"), (63, "NE"), (84, "PD")], nil, nil, nil,
      .init(), .progressionFreeSurvival, 84, true, 42, "progression on day 84"
    ),
    (
      "death without progression", [(42, "SD")], 60, nil, nil, .init(), .progressionFreeSurvival,
      60, true, 60, "death on day 60"
    ),
    (
      "death is no progression", [(42, "SD")], 60, nil, nil, .init(), .timeToProgression, 42, false,
      42, "death on day 60 without progression: censored at the last assessment, day 42"
    ),
    (
      "death is no progression, censored there", [(42, "SD")], 60, nil, nil,
      .init(deathWithoutProgression: .death), .timeToProgression, 60, false, 60,
      "death on day 60 without progression: censored there"
    ),
    (
      "progression before death", [(42, "PD")], 60, nil, nil, .init(), .timeToProgression, 42, true,
      0, "progression on day 42"
    ),
    (
      "event-free", [(42, "SD"), (84, "NON-CR/NON-PD"), (126, "NE")], nil, 300, nil, .init(),
      .progressionFreeSurvival, 84, false, 84, "free of the event at the last assessment, day 84"
    ),
    (
      "never assessed", [(42, "NE"), (84, "MISSING")], nil, 300, nil, .init(),
      .progressionFreeSurvival, 0, false, 0, "no evaluable assessment: censored on day 0"
    ),
    (
      "therapy before progression", [(42, "SD"), (84, "SD"), (126, "PD")], nil, nil, 90, .init(),
      .progressionFreeSurvival, 84, false, 84,
      "new therapy on day 90, before any event: censored at the last assessment, day 84"
    ),
    (
      "therapy before any scan", [(42, "PD")], nil, nil, 20, .init(), .progressionFreeSurvival, 0,
      false, 0,
      "new therapy on day 20, before any event: censored on day 0, as none was evaluable"
    ),
    (
      "therapy on the day of progression", [(42, "SD"), (84, "PD")], nil, nil, 84, .init(),
      .progressionFreeSurvival, 84, true, 42, "progression on day 84"
    ),
    (
      "therapy on the day of a scan", [(42, "SD"), (84, "SD")], nil, nil, 84, .init(),
      .progressionFreeSurvival, 84, false, 84,
      "new therapy on day 84, before any event: censored at the last assessment, day 84"
    ),
    (
      "therapy as the event", [(42, "SD"), (126, "PD")], nil, nil, 90, .init(newTherapy: .event),
      .progressionFreeSurvival, 90, true, 90, "new therapy on day 90, which counts as the event"
    ),
    (
      "therapy ignored", [(42, "SD"), (126, "PD")], nil, nil, 90, .asObserved,
      .progressionFreeSurvival, 126, true, 42, "progression on day 126"
    ),
    (
      "as long a gap as counts", [(42, "SD"), (140, "PD")], nil, nil, nil, gap,
      .progressionFreeSurvival, 140, true, 42, "progression on day 140"
    ),
    (
      "a day longer", [(42, "SD"), (141, "PD")], nil, nil, nil, gap, .progressionFreeSurvival, 42,
      false, 42,
      "progression on day 141 came 99 days after the assessment of day 42, and too many scans were"
        + " missed between: censored at the last assessment, day 42"
    ),
    (
      "death after missed scans", [], 99, nil, nil, gap, .progressionFreeSurvival, 0, false, 0,
      "death on day 99 came 99 days after day 0, and too many scans were missed between: censored"
        + " on day 0, as none was evaluable"
    ),
    (
      "missed scans do not matter to survival", [], 99, nil, nil, gap, .overallSurvival, 99, true,
      99, "death on day 99"
    ),
    (
      "alive", [(42, "PD")], nil, 300, nil, .init(), .overallSurvival, 300, false, 300,
      "alive at last contact, day 300"
    ),
    (
      "an assessment is a contact", [(42, "PD"), (60, "NE")], nil, 50, nil, .init(),
      .overallSurvival, 60, false, 60, "alive at last contact, day 60"
    ),
    (
      "nothing known", [], nil, nil, nil, .init(), .overallSurvival, 0, false, 0,
      "nothing is known after day 0: censored there"
    ),
    (
      "response", [(42, "SD"), (84, "PR")], nil, nil, nil, .init(), .timeToResponse, 84, true, 42,
      "response on day 84"
    ),
    (
      "no response", [(42, "SD"), (84, "PD")], nil, nil, nil, .init(), .timeToResponse, nil, false,
      nil, "no response"
    ),
    (
      "no response, censored", [(42, "SD"), (84, "PD")], nil, nil, nil,
      .init(nonResponders: .censored), .timeToResponse, 84, false, 84,
      "no response by day 84, when progression-free time ended"
    ),
    (
      "a response under another therapy is none", [(42, "SD"), (84, "PR")], nil, nil, 60, .init(),
      .durationOfResponse, nil, false, nil, "no response"
    ),
    (
      "a response under another therapy counts where it is ignored", [(42, "SD"), (84, "PR")], nil,
      nil, 60, .asObserved, .durationOfResponse, 0, false, 0,
      "free of the event at the last assessment, day 84"
    ),
    (
      "duration", [(42, "PR"), (84, "SD"), (126, "PD")], nil, nil, nil, .init(),
      .durationOfResponse, 84, true, 42, "progression on day 126"
    ),
    (
      "duration to death", [(42, "CR")], 60, nil, nil, .init(), .durationOfResponse, 18, true, 18,
      "death on day 60"
    ),
    (
      "stabilization does not end with death", [(42, "PR"), (84, "SD")], 90, nil, nil, .init(),
      .stabilization, 42, false, 42,
      "death on day 90 without progression: censored at the last assessment, day 84"
    ),
    (
      "stabilization is of partial responses", [(42, "CR")], nil, nil, nil, .init(), .stabilization,
      nil, false, nil, "no partial response"
    ),
  ]

  @Test("every reason", arguments: cases.indices)
  func reasons(index: Int) throws {
    let row = Self.cases[index]
    let course = try PatientCourse.make(
      row.visits, death: row.death, contact: row.contact, therapy: row.therapy)
    switch EndpointDerivation(rules: row.rules).outcome(row.endpoint, of: course) {
    case .time(let time):
      #expect(time.time == row.time, "\(row.name)")
      #expect(time.occurred == row.occurred, "\(row.name)")
      #expect(time.interval.lower == row.eventFree, "\(row.name)")
      #expect("\(time.reason)" == row.words, "\(row.name)")
    case .none(let absence):
      #expect(row.time == nil, "\(row.name)")
      #expect("\(absence)" == row.words, "\(row.name)")
    }
  }

  @Test("a response that has to be confirmed is dated where it was first seen")
  func confirmed() throws {
    let derivation = EndpointDerivation(response: .init(confirmation: .init()))
    let lasting = try PatientCourse.make([(42, "PR"), (84, "PR"), (126, "PD")])
    #expect(derivation.outcome(.durationOfResponse, of: lasting).time?.time == 84)
    let fleeting = try PatientCourse.make([(42, "PR"), (84, "SD"), (126, "PD")])
    #expect(derivation.outcome(.durationOfResponse, of: fleeting) == .none(.noResponse))
  }

  @Test(
    "by iRECIST a progression is the first iUPD of its block",
    arguments: [
      (["iSD", "iUPD", "iCPD"], 2, true), (["iUPD", "iPR", "iUPD", "iUPD"], 3, true),
      (["iUPD", "iSD", "iSD"], 3, false), (["iSD", "iUPD", "NE"], 2, true),
    ])
  func immune(codes: [String], visit: Int, occurred: Bool) throws {
    let visits = codes.enumerated().map { (($0 + 1) * 42, $1) }
    let time = try #require(
      EndpointDerivation(standard: .immune)
        .outcome(.progressionFreeSurvival, of: .make(visits)).time)
    #expect(time.time == visit * 42)
    #expect(time.occurred == occurred)
  }

  @Test("two 6-weekly scans with a week's window are missed after 14 weeks")
  func missedScans() {
    #expect(CensoringRules.MissedScans(every: 42, window: 7).longestGap == 98)
    #expect(CensoringRules.MissedScans(every: 56, missed: 1).longestGap == 56)
  }
}
