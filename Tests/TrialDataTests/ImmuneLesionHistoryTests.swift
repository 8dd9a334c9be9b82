import RECIST
import Testing

@testable import TrialData

struct ImmuneLesionHistoryTests {
  private func codes(_ rows: [String], assessments: String? = nil) throws -> [String] {
    let measurements =
      LesionHistoryTests.baseline + "\n" + rows.map { "S1,\($0),A\n" }.joined()
    let importing =
      if let assessments {
        try Importing([
          "lesion.csv": LesionHistoryTests.lesions, "measurement.csv": measurements,
          "assessment.csv": "subject,day,new_lesion,evaluator\n\(assessments)",
        ])
      } else {
        try Importing([
          "lesion.csv": LesionHistoryTests.lesions, "measurement.csv": measurements,
        ])
      }
    return try importing.dataset().immuneLesionHistories().flatMap(\.visits)
      .map(\.response.rawValue)
  }

  /// One visit: the target, the node and the bone lesion, then the new lesion where there is one.
  private func visit(
    _ day: Int, _ target: String, node: String = "12,", bone: String = ",PRESENT",
    new: String? = nil
  ) -> [String] {
    let rows = [
      "T01,\(day),W\(day),\(target),", "N01,\(day),W\(day),\(node)", "B01,\(day),W\(day),\(bone)",
    ]
    return rows + (new.map { ["NEW01,\(day),W\(day),\($0)"] } ?? [])
  }

  @Test func `targets`() throws {
    #expect(try codes(visit(42, "60") + visit(84, "65")) == ["iUPD", "iCPD"])
    #expect(try codes(visit(42, "60") + visit(84, "50")) == ["iUPD", "iSD"])
  }

  @Test func `non-target lesions by state and by size`() throws {
    let worse = visit(42, "50", node: "20,UNEQUIVOCAL PROGRESSION")
    #expect(try codes(worse + visit(84, "50", node: "21,PRESENT")) == ["iUPD", "iCPD"])
    #expect(
      try codes(worse + visit(84, "50", node: "20,UNEQUIVOCAL PROGRESSION")) == ["iUPD", "iUPD"])
    #expect(try codes(worse + visit(84, "50", node: "18,PRESENT")) == ["iUPD", "iSD"])
  }

  @Test func `new lesions by size, state and report`() throws {
    #expect(
      try codes(visit(42, "50", new: "12,") + visit(84, "50", new: "17,")) == ["iUPD", "iCPD"])
    #expect(
      try codes(visit(42, "50", new: ",PRESENT") + visit(84, "50", new: ",UNEQUIVOCAL PROGRESSION"))
        == ["iUPD", "iCPD"])
    #expect(
      try codes(visit(42, "50", new: "12,") + visit(84, "50", new: "0,ABSENT")) == ["iUPD", "iSD"])
    #expect(
      try codes(visit(42, "50") + visit(84, "50"), assessments: "S1,42,1,A\nS1,84,0,A\n")
        == ["iUPD", "iSD"])
    #expect(
      try codes(visit(42, "50") + visit(84, "50"), assessments: "S1,42,1,A\nS1,84,1,A\n")
        == ["iUPD", "iUPD"])
  }

  @Test func `baseline problems come with the history`() throws {
    let importing = try Importing([
      "lesion.csv":
        "subject,lesion,role,site,nodal\nS1,T01,TARGET,LIVER,0\nS1,T02,TARGET,LIVER,1\n",
      "measurement.csv":
        "subject,lesion,day,diameter\nS1,T01,-1,9\nS1,T02,5,15\nS1,T01,42,9\n",
    ])
    let history = try #require(try importing.dataset().lesionHistories().first)
    #expect(
      history.baselineProblems == [
        .tooSmall(lesion: "T01", size: Millimeters(9), least: Millimeters(10)),
        .notMeasured(lesion: "T02"),
      ])
  }
}
