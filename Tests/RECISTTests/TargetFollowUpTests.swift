import RECIST
import Testing

struct TargetFollowUpTests {
  /// One non-nodal lesion, so that the sum is its diameter.
  private func follow(
    _ sums: [String?], criteria: ResponseCriteria = .recist1_1
  ) throws -> [TargetAssessment] {
    let readings = try sums.map { text in
      try text.map { LesionReading.measured(try #require(Millimeters($0))) } ?? .notEvaluable
    }
    var followUp = TargetFollowUp(
      [TargetLesion(name: "T01", isNodal: false)], baseline: ["T01": readings[0]],
      criteria: criteria)
    return readings.dropFirst().map { followUp.assess(["T01": $0]) }
  }

  @Test(
    "judges by exact thresholds",
    arguments: [
      (["48.0", "33.6"], "PR", TargetAssessment.Rule.shrinkageFromBaseline),
      (["48.0", "33.6001"], "SD", .neither),
      (["30.5", "36.6"], "PD", .growthOverNadir),
      (["30.5", "36.5999"], "SD", .neither),
      (["20", "25"], "PD", .growthOverNadir),
      (["20", "24.9999"], "SD", .neither),  // over 20 %, under 5 mm
      (["100", "119.9999"], "SD", .neither),  // over 5 mm, under 20 %
      (["100", "0"], "CR", .allResolved),
      (["100", "50", "60"], "PD", .growthOverNadir),  // PD before PR
      (["100", "20", "24"], "PR", .shrinkageFromBaseline),
      (["100", nil], "NE", .incomplete),
      ([nil, "50"], "NE", .baselineIncomplete),
      (["100", "0", "5"], "PD", .reappearance),
      (["100", "0", "4.9999"], "PR", .shrinkageFromBaseline),
      (["100", "0", nil, "5.15"], "PD", .reappearance),
    ] as [([String?], String, TargetAssessment.Rule)])
  func judges(sums: [String?], code: String, rule: TargetAssessment.Rule) throws {
    let last = try #require(try follow(sums).last)
    #expect(last.response.rawValue == code)
    #expect(last.rule == rule)
  }

  @Test(
    "RECIST 1.0 has no five millimeters",
    arguments: [
      (["20", "24"], "PD"), (["20", "23.9999"], "SD"), (["10", "0", "0.1"], "PD"),
      (["10", "0", "0"], "CR"), (["0", "0"], "CR"),
    ])
  func recist1_0(sums: [String], code: String) throws {
    #expect(try follow(sums, criteria: .recist1_0).last?.response.rawValue == code)
  }

  @Test("an incomplete sum does not move the nadir, and shows PD only by itself")
  func incomplete() {
    let lesions = ["T01", "T02"].map { TargetLesion(name: $0, isNodal: false) }
    func both(_ first: Int, _ second: Int?) -> [String: LesionReading] {
      ["T01": .measured(Millimeters(first))].merging(
        second.map { ["T02": .measured(Millimeters($0))] } ?? [:]
      ) { first, _ in first }
    }
    var followUp = TargetFollowUp(lesions, baseline: both(30, 30))
    #expect(followUp.assess(both(10, nil)).response == .notEvaluable)
    #expect(followUp.nadir == Millimeters(60))
    #expect(followUp.assess(both(71, nil)).response == .notEvaluable)
    let partial = followUp.assess(both(72, nil))
    #expect(partial.response == .progressiveDisease)
    #expect(partial.rule == .partialSumOverNadir)
    #expect(partial.notMeasured == ["T02"])
    #expect(partial.sumOfDiameters == nil)
    #expect(followUp.nadir == Millimeters(60))
    #expect(followUp.assess(both(20, 20)).nadir == Millimeters(60))
    #expect(followUp.nadir == Millimeters(40))
  }

  @Test("nodes are normal below ten millimeters of short axis")
  func nodes() {
    let lesions = [TargetLesion(name: "N", isNodal: true), TargetLesion(name: "T", isNodal: false)]
    func reading(_ node: Int, _ lesion: LesionReading) -> [String: LesionReading] {
      ["N": .measured(Millimeters(node)), "T": lesion]
    }
    let baseline = reading(20, .measured(Millimeters(30)))
    var followUp = TargetFollowUp(lesions, baseline: baseline)
    #expect(followUp.assess(reading(10, .absent)).response == .partialResponse)
    #expect(followUp.assess(reading(4, .absent)).response == .completeResponse)
    // Five millimeters and more than 20 % over the nadir, but normal: still CR.
    #expect(followUp.assess(reading(9, .absent)).response == .completeResponse)
    // A node that is back follows the growth rule (4 to 10 mm).
    #expect(followUp.assess(reading(10, .absent)).rule == .growthOverNadir)
    #expect(followUp.assess(reading(4, .tooSmallToMeasure)).rule == .reappearance)
    var old = TargetFollowUp(lesions, baseline: baseline, criteria: .recist1_0)
    #expect(old.assess(reading(4, .absent)).response == .partialResponse)
  }

  @Test("a lesion too small to measure counts five millimeters")
  func tooSmall() {
    var followUp = TargetFollowUp(
      [TargetLesion(name: "T", isNodal: false)], baseline: ["T": .measured(Millimeters(20))])
    let assessment = followUp.assess(["T": .tooSmallToMeasure])
    #expect(assessment.sumOfDiameters == Millimeters(5))
    #expect(assessment.response == .partialResponse)
  }

  @Test("for every small history, response agrees with the definition in whole numbers")
  func laws() {
    let lesion = TargetLesion(name: "T", isNodal: false)
    for baseline in 1...30 {
      for nadir in 1...30 {
        for current in 1...40 {
          var followUp = TargetFollowUp([lesion], baseline: ["T": .measured(Millimeters(baseline))])
          _ = followUp.assess(["T": .measured(Millimeters(nadir))])
          let response = followUp.assess(["T": .measured(Millimeters(current))]).response
          let lowest = min(baseline, nadir)
          let expected: ResponseCategory =
            current - lowest >= 5 && 5 * current >= 6 * lowest
            ? .progressiveDisease
            : 10 * current <= 7 * baseline ? .partialResponse : .stableDisease
          if response != expected {
            Issue.record("\(baseline), \(nadir), \(current): \(response), not \(expected)")
          }
        }
      }
    }
  }

  @Test func `no target lesion is a programmer's error`() async {
    await #expect(processExitsWith: .failure) { _ = TargetFollowUp([], baseline: [:]) }
  }
}
