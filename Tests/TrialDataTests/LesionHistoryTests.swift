import RECIST
import Testing

@testable import TrialData

struct LesionHistoryTests {
  static let lesions = """
    subject,lesion,role,site,nodal
    S1,T01,TARGET,LIVER,0
    S1,N01,NON-TARGET,LYMPH NODE,1
    S1,B01,NON-TARGET,BONE,0
    S1,NEW01,NEW,LUNG,0
    """
  static let baseline = """
    subject,lesion,day,visit,diameter,state,evaluator
    S1,T01,-30,OLD,99,,A
    S1,T01,-3,BASELINE,50,,A
    S1,N01,-3,BASELINE,12,,A
    S1,B01,-1,BASELINE,,PRESENT,A
    """

  private func timePoints(
    _ rows: [String], assessments: String? = nil
  ) throws -> [DerivedTimePoint] {
    let measurements = Self.baseline + "\n" + rows.map { "S1,\($0),A\n" }.joined()
    let importing =
      if let assessments {
        try Importing([
          "lesion.csv": Self.lesions, "measurement.csv": measurements,
          "assessment.csv": assessments,
        ])
      } else {
        try Importing(["lesion.csv": Self.lesions, "measurement.csv": measurements])
      }
    return try importing.dataset().lesionHistories().flatMap(\.timePoints)
  }

  @Test("baseline is the last reading up to day 0 of each lesion")
  func baseline() throws {
    let points = try timePoints(["T01,84,W12,35,"])
    #expect(points.map { $0.target?.baseline } == [Millimeters(50)])
    #expect(points.map { $0.target?.response } == [.partialResponse])
  }

  @Test(
    "readings of one visit belong together, up to 28 days and until a lesion comes again",
    arguments: [
      (["T01,84,W12,40,", "B01,90,W12,,PRESENT"], [84]),
      (["T01,84,W12,40,", "B01,112,W12,,PRESENT"], [84]),
      (["T01,84,W12,40,", "B01,113,W12,,PRESENT"], [84, 113]),
      (["T01,84,W12,40,", "B01,90,W13,,PRESENT"], [84, 90]),
      (["T01,84,,40,", "B01,85,,,PRESENT"], [84, 85]),
      (["T01,84,,40,", "B01,84,,,PRESENT"], [84]),
      (["T01,84,UNSCHEDULED,40,", "T01,90,UNSCHEDULED,40,"], [84, 90]),
    ])
  func groups(rows: [String], days: [Int]) throws {
    #expect(try timePoints(rows).map(\.day) == days)
  }

  @Test(
    "judges non-target lesions by state and by size",
    arguments: [
      ("12,", ",PRESENT", "NON-CR/NON-PD"), ("9.9,", ",ABSENT", "CR"),
      ("10,", ",ABSENT", "NON-CR/NON-PD"),
      ("0,", ",ABSENT", "CR"), ("9,", ",UNEQUIVOCAL PROGRESSION", "PD"),
      ("9,", ",NOT EVALUABLE", "NE"),
      ("9,", "8,", "NON-CR/NON-PD"), ("9,", ",TOO SMALL TO MEASURE", "NON-CR/NON-PD"),
    ])
  func nonTargets(node: String, bone: String, code: String) throws {
    let points = try timePoints(["T01,84,W12,40,", "N01,84,W12,\(node)", "B01,84,W12,\(bone)"])
    #expect(points.map { $0.nonTarget?.rawValue } == [code])
  }

  @Test("a non-target lesion that was not read is not evaluated")
  func notRead() throws {
    let points = try timePoints(["T01,84,W12,35,", "N01,84,W12,9,"])
    #expect(points.map(\.nonTarget) == [.notEvaluable])
    #expect(points.map(\.overall) == [.partialResponse])
  }

  @Test(
    "sees new lesions that are there",
    arguments: [
      (",PRESENT", true), ("11,", true), (",TOO SMALL TO MEASURE", true), (",UNEQUIVOCAL", true),
      (",ABSENT", false), (",EQUIVOCAL", false), (",NOT EVALUABLE", false), ("0,", false),
    ])
  func newLesions(reading: String, isNew: Bool) throws {
    let points = try timePoints(["T01,84,W12,40,", "NEW01,84,W12,\(reading)"])
    #expect(points.map(\.newLesion) == [isNew])
    #expect((points[0].overall == .progressiveDisease) == isNew)
  }

  @Test("a new lesion that was reported counts, measured or not, for its reader")
  func reported() throws {
    let header = "subject,day,new_lesion,evaluator\n"
    let points = try timePoints(["T01,84,W12,40,"], assessments: header + "S1,84,1,A\n")
    #expect(points.map(\.overall) == [.progressiveDisease])
    let other = try timePoints(["T01,84,W12,40,"], assessments: header + "S1,84,1,B\nS1,84,0,A\n")
    #expect(other.map(\.overall) == [.stableDisease])
  }

  @Test(
    "reads targets by size and state",
    arguments: [
      (",TOO SMALL TO MEASURE", "5"), ("4,TOO SMALL TO MEASURE", "4"),
      ("0,TOO SMALL TO MEASURE", "5"),
      (",ABSENT", "0"), ("12.5,PRESENT", "12.5"), (",PRESENT", nil), (",NOT EVALUABLE", nil),
    ] as [(String, String?)])
  func targets(reading: String, sum: String?) throws {
    let point = try #require(try timePoints(["T01,84,W12,\(reading)"]).first)
    #expect(point.target?.sumOfDiameters?.description == sum)
  }
}
