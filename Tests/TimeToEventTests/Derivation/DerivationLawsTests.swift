import RECIST
import Testing

@testable import TimeToEvent

/// What holds for every course of up to three scans, with or without a death and another therapy.
struct DerivationLawsTests {
  private static let codes = [nil, "CR", "PR", "SD", "PD", "NE"]
  private static let rules: [CensoringRules] = [
    .init(), .asObserved, .init(newTherapy: .event),
    .documented(.init(longestGap: 50)),
    .init(
      newTherapy: .ignore, missedScans: .init(longestGap: 90), deathWithoutProgression: .death,
      nonResponders: .censored),
  ]

  private static func courses() throws -> [PatientCourse] {
    var all: [PatientCourse] = []
    for first in codes {
      for second in codes {
        for third in codes {
          let visits = zip([40, 80, 120], [first, second, third]).compactMap { day, code in
            code.map { (day, $0) }
          }
          for death in [nil, 0, 60, 80, 150] where (visits.last?.0 ?? 0) <= death ?? .max {
            for therapy in [nil, 0, 40, 100] where therapy ?? 0 <= death ?? .max {
              all.append(try .make(visits, death: death, therapy: therapy))
            }
          }
        }
      }
    }
    return all
  }

  @Test("holds its laws", arguments: rules.indices)
  func laws(index: Int) throws {
    let derivation = EndpointDerivation(rules: Self.rules[index])
    for course in try Self.courses() {
      let times = Dictionary(
        uniqueKeysWithValues: TimeEndpoint.allCases.map {
          ($0, derivation.outcome($0, of: course).time)
        })
      for case let time? in times.values {
        #expect(time.time >= 0)
        #expect((0...time.time).contains(time.interval.lower))
        #expect((time.interval.upper != nil) == time.occurred)
      }
      let pfs = try #require(times[.progressionFreeSurvival] ?? nil)
      let ttp = try #require(times[.timeToProgression] ?? nil)
      let os = try #require(times[.overallSurvival] ?? nil)
      #expect(pfs.time <= os.time && ttp.time <= os.time, "nothing after the last sign of life")
      if ttp.occurred { #expect(pfs.occurred && pfs.time == ttp.time) }
      if os.occurred, derivation.rules == .asObserved { #expect(pfs.occurred) }
      let responses = try [
        #require(times[.durationOfResponse]), #require(times[.stabilization]),
      ]
      for (response, whole) in zip(responses, [pfs, ttp]) {
        guard let response else { continue }
        #expect(response.endDay == whole.endDay && response.occurred == whole.occurred)
        #expect(response.reason == whole.reason)
      }
    }
  }

  @Test("what is documented was observed")
  func documented() throws {
    let strict = EndpointDerivation(rules: .documented(.init(longestGap: 50)))
    let free = EndpointDerivation(rules: .asObserved)
    for course in try Self.courses() {
      let documented = strict.outcome(.progressionFreeSurvival, of: course)
      let observed = free.outcome(.progressionFreeSurvival, of: course)
      if documented.time?.occurred == true { #expect(documented == observed) }
      #expect(try #require(documented.time).time <= #require(observed.time).time)
    }
  }
}
