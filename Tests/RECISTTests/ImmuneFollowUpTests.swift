import RECIST
import Testing

/// One target lesion of 100 mm at baseline, one non-target lesion, assessments 42 days apart.
struct ImmuneFollowUpTests {
  /// What is seen at one assessment.
  struct Scan: Sendable {
    var target: String?
    var nonTarget = NonTargetFinding(state: .present)
    var new: [String: NewLesionFinding] = [:]
    var after = 42

    init(
      _ target: String?, nonTarget: NonTargetState = .present, size: String? = nil,
      new: [String: NewLesionFinding] = [:], after: Int = 42
    ) {
      self.target = target
      self.nonTarget = NonTargetFinding(state: nonTarget, size: size.flatMap { Millimeters($0) })
      self.new = new
      self.after = after
    }
  }

  private static func points(_ scans: [Scan]) -> [ImmuneTimePoint] {
    var followUp = ImmuneFollowUp(
      targets: [TargetLesion(name: "T01", isNodal: false)],
      baseline: ["T01": .measured(Millimeters(100))], nonTargets: ["N01"])
    var day = 0
    return scans.map { scan in
      day += scan.after
      let reading = scan.target.flatMap { Millimeters($0) }.map(LesionReading.measured)
      return followUp.assess(
        ImmuneAssessment(
          day: day, targets: ["T01": reading ?? .notEvaluable], nonTargets: ["N01": scan.nonTarget],
          newLesions: scan.new))
    }
  }

  private static func codes(_ scans: [Scan]) -> String {
    points(scans).map(\.response.rawValue).joined(separator: " ")
  }

  static func new(_ sizes: String?..., names: [String] = ["A", "B", "C"]) -> [String:
    NewLesionFinding]
  {
    Dictionary(
      uniqueKeysWithValues: zip(names, sizes).map {
        ($0, NewLesionFinding(isPresent: true, size: $1.flatMap { Millimeters($0) }))
      })
  }

  @Test(
    "target lesions",
    arguments: [
      ([Scan("120"), Scan("125")], "iUPD iCPD"), ([Scan("120"), Scan("124.9")], "iUPD iUPD"),
      // Small increases accumulate from the first iUPD.
      ([Scan("120"), Scan("124"), Scan("126")], "iUPD iUPD iCPD"),
      ([Scan("120"), Scan("119")], "iUPD iSD"), ([Scan("120"), Scan("70")], "iUPD iPR"),
      // The bar resets: a new iUPD needs progression from the nadir again.
      ([Scan("120"), Scan("110"), Scan("119"), Scan("120")], "iUPD iSD iSD iUPD"),
      ([Scan("120"), Scan("60"), Scan("71"), Scan("72"), Scan("77")], "iUPD iPR iSD iUPD iCPD"),
      ([Scan("120"), Scan(nil), Scan("126")], "iUPD NE iCPD"),
      ([Scan("70"), Scan("80")], "iPR iSD"), ([Scan("100"), Scan(nil)], "iSD NE"),
      ([Scan("0", nonTarget: .absent)], "iCR"), ([Scan("0")], "iPR"),
      // Reappearance after iCR is progression, which growth confirms.
      ([Scan("0", nonTarget: .absent), Scan("6", nonTarget: .absent)], "iCR iUPD"),
    ] as [([Scan], String)])
  func targets(scans: [Scan], codes: String) { #expect(Self.codes(scans) == codes) }

  @Test(
    "no scan sooner than four weeks confirms, and what it showed is not forgotten",
    arguments: [
      (27, "iUPD iUPD iCPD"), (28, "iUPD iCPD iUPD"),
    ])
  func tooSoon(days: Int, codes: String) {
    #expect(Self.codes([Scan("120"), Scan("126", after: days), Scan("126")]) == codes)
  }

  @Test(
    "non-target lesions",
    arguments: [
      ([Scan("100", nonTarget: .unequivocalProgression)], "iUPD"),
      (
        [
          Scan("100", nonTarget: .unequivocalProgression, size: "20"),
          Scan("100", nonTarget: .present, size: "20.1"),
        ], "iUPD iCPD"
      ),
      (
        [
          Scan("100", nonTarget: .unequivocalProgression, size: "20"),
          Scan("100", nonTarget: .unequivocalProgression, size: "20"),
        ], "iUPD iUPD"
      ),
      ([Scan("100", nonTarget: .unequivocalProgression), Scan("100")], "iUPD iSD"),
      // Progression elsewhere confirms.
      ([Scan("100", nonTarget: .unequivocalProgression), Scan("120")], "iUPD iCPD"),
      ([Scan("120"), Scan("120", nonTarget: .unequivocalProgression)], "iUPD iCPD"),
      ([Scan("120"), Scan("110", new: new("12"))], "iUPD iCPD"),
    ] as [([Scan], String)])
  func nonTargets(scans: [Scan], codes: String) { #expect(Self.codes(scans) == codes) }

  @Test(
    "new lesions",
    arguments: [
      ([Scan("100", new: new("12")), Scan("100", new: new("16.9"))], "iUPD iUPD"),
      ([Scan("100", new: new("12")), Scan("100", new: new("17"))], "iUPD iCPD"),
      ([Scan("100", new: new("12")), Scan("100", new: new("12", "8"))], "iUPD iCPD"),
      ([Scan("100", new: new("9")), Scan("100", new: new("9.1"))], "iUPD iCPD"),
      ([Scan("100", new: new(nil)), Scan("100", new: new(nil))], "iUPD iUPD"),
      ([Scan("100", new: new("12")), Scan("100")], "iUPD iSD"),
      // EORTC scenario B: a response reached after the new lesion is a response.
      ([Scan("100", new: new("12")), Scan("70", new: new("12"))], "iUPD iPR"),
      // Scenario F: a response that was there before, and nothing changed.
      (
        [Scan("70"), Scan("70", new: new("12")), Scan("70", new: new("12"))], "iPR iUPD iUPD"
      ),
      // After the bar is reset the old lesion is not new again; another one is.
      (
        [
          Scan("100", new: new("12")), Scan("70", new: new("12")), Scan("70", new: new("12")),
          Scan("70", new: new("12", "11")), Scan("70", new: new("12", "16")),
        ], "iUPD iPR iPR iUPD iCPD"
      ),
      // Complete response needs the new lesion gone.
      (
        [
          Scan("100", new: new("12")), Scan("0", nonTarget: .absent, new: new("12")),
          Scan("0", nonTarget: .absent),
        ], "iUPD iPR iCR"
      ),
    ] as [([Scan], String)])
  func newLesions(scans: [Scan], codes: String) { #expect(Self.codes(scans) == codes) }

  @Test func `a reader's word for growth confirms where nothing was measured`() {
    let grown = ["A": NewLesionFinding(isPresent: true, hasGrown: true)]
    #expect(Self.codes([Scan("100", new: Self.new(nil)), Scan("100", new: grown)]) == "iUPD iCPD")
  }

  @Test func `the rule that fired comes with its numbers`() {
    let points = Self.points([Scan("120"), Scan("124"), Scan("126.5"), Scan("100")])
    #expect(
      points.map(\.rule) == [
        .firstProgression([.target]), .unchanged(since: 42),
        .confirmed(.targetGrowth(Millimeters("6.5") ?? .zero), since: 42), .table(.targetResponse),
      ])
    let reset = Self.points([Scan("120", new: Self.new("12")), Scan("60", new: Self.new("12"))])
    #expect(reset[0].rule == .firstProgression([.target, .newLesion]))
    #expect(reset[1].rule == .reset(.targetResponse, since: 42))
    #expect(reset[1].newLesions == ["A"])
    #expect(reset[1].appeared == [])
  }

  /// All series of four sums.
  @Test func `before the first progression it is RECIST 1.1, and nothing is confirmed at once`() {
    let sums = ["0", "60", "71", "77", "100", "120", "124", "126"]
    var all: [[String]] = [[]]
    for _ in 0..<4 { all = all.flatMap { series in sums.map { series + [$0] } } }
    for series in all {
      var plain = TargetFollowUp(
        [TargetLesion(name: "T01", isNodal: false)],
        baseline: ["T01": .measured(Millimeters(100))])
      var isOpen = false
      for (sum, point) in zip(series, Self.points(series.map { Scan($0) })) {
        let target = plain.assess(["T01": .measured(Millimeters(sum) ?? .zero)]).response
        let overall = ResponseCategory(
          target: target, nonTarget: .nonCompleteNonProgressive, newLesion: false)
        if point.response.rank != overall { Issue.record("\(series) at \(point.day)") }
        let isConfirmed = point.response == .immune(.confirmedProgressiveDisease)
        if isConfirmed, !isOpen { Issue.record("\(series): confirmed at once") }
        isOpen = point.response == .immune(.unconfirmedProgressiveDisease)
      }
    }
  }
}
