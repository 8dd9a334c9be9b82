import JSON
import PluginKit
import PluginProtocol
import Testing

@testable import Combination

/// What virtual trials say and refuse.
struct TrialWordsTests {
  private static let always: [String] = [
    """
    Added kill can only help: that the agent helps is assumed by construction. These are \
    powers if the effect were as assumed, and no evidence that there is any.
    """,
    """
    Extrapolated from Brignone 2010, beside paclitaxel, without a control of its own. \
    Brignone 2010 (paclitaxel) saw 15 of 30 patients respond; AIPAC (paclitaxel) missed its \
    primary endpoint, progression-free survival; Wang-Gillam 2013 (gemcitabine) saw no \
    added activity.
    """,
    """
    effect=0.003, the median immune kill a day at full dose (30 mg), was assumed by whoever \
    asked: nothing published gives one. At 2 mg it is 0.0009, by an assumed half dose of 6 \
    mg. Its delay, spread and correlation with the chemotherapy's kill stand on the method \
    card, most of them assumed as well.
    """,
  ]

  @Test func `what was assumed and calibrated is always said`() async throws {
    let document = try await Combination().run(
      trialsRequest(
        ["effect": "0.003", "immune.dose": "2mg", "replicates": "20"],
        regimen: gemcitabinePancreatic, agent: true), context: RunContext.detached)
    let notes = document.notes.map(\.text)
    #expect(Array(notes.prefix(3)) == Self.always)
    let calibrated = try #require(document.notes.first { $0.code == "trials.calibrated" })
    #expect(
      calibrated.text.hasPrefix(
        "Calibrated to mpact 31/430 (MPACT, read independently): median progression-free survival 3.7"
          + " months, scans every 56 days (assumed), 167 not evaluable; simulated 7."))
    #expect(
      calibrated.text.hasSuffix(
        "The virtual trial has its own scans, criteria and drop-out, so that its response rate without"
          + " an effect need not be the published one. Calibrated to burris (3/56) and prodige-4"
          + " (16/171) it would answer otherwise: control=NAME."))
    #expect(
      document.title
        == "Virtual trials of Gemcitabine with IMP321, metastatic pancreatic cancer, first line")
    #expect(
      document.primary?.text.hasPrefix("If the immune kill were 0.003 a day at full dose, ") == true
    )
  }

  @Test(arguments: [
    (
      ["immune": "imp321"],
      "immune=imp321 needs effect=: the immune kill per day at full dose to assume. Nothing published"
        + " gives one; 0 simulates no effect and so the size of the tests"
    ),
    (["effect": "0.003"], "effect=0.003 needs an immune agent"),
    (
      ["control": "nk106"],
      "control=nk106: expected one of e2100-irf, e2100-inv, e2100-nejm, e2100-25, nk105, martin, aipac;"
        + " did you mean nk105?"
    ),
    (
      ["scans": "12w,8w"],
      "scans=12w,8w: expected an interval such as 8w, or days in rising order with commas such as"
        + " 12w,24w"
    ),
    (["scans": "30w"], "scans=30w is day 210, after until=, day 168: nobody would be scanned"),
    (["early": "12w"], "early=84d: expected a day with a scan: 56, 112, 168"),
    (
      ["early": "24w", "late": "8w"],
      "early= and late= are days 168 and 56: the late window would be empty"
    ),
    (
      ["scan-window": "30d"],
      "scans up to 30 days early or late would overlap on the scan days 56, 112, 168"
    ),
  ])
  func `what cannot be simulated is refused`(given: [String: String], message: String) async throws
  {
    let request = try trialsRequest(given, regimen: paclitaxelBreast, agent: given["immune"] != nil)
    let refusal = await #expect(throws: Refusal.self) {
      try await Combination().run(request, context: RunContext.detached)
    }
    #expect(refusal?.message == message)
  }

  /// As a host might send them that does not hold values against the manifest.
  @Test(arguments: [
    ("control-patients", 1, "control-patients=1: expected a whole number, from 2 to 5000"),
    ("patients", 5001, "patients=5001: expected a whole number, from 2 to 5000"),
    ("until", 0, "until=0d: expected a duration of 1 or more days"),
  ])
  func `a value out of range is refused in its own name`(
    parameter: String, value: Int64, message: String
  ) throws {
    var request = try trialsRequest(regimen: paclitaxelBreast)
    request.parameters[parameter] = .integer(value)
    let refusal = #expect(throws: Refusal.self) { try TrialPlan(request) }
    #expect(refusal?.message == message)
    #expect(refusal?.parameter == parameter)
  }

  @Test func `the split ends on the scans nearest 12 and 24 weeks`() throws {
    let cases: [([String: String], [Int])] = [
      (["scans": "6w"], [84, 168]), ([:], [112, 168]), (["scans": "12w,24w"], [84, 168]),
      (["scans": "9w", "until": "27w"], [63, 189]), (["scans": "8w", "early": "8w"], [56, 168]),
    ]
    for (given, days) in cases {
      let plan = try TrialPlan(trialsRequest(given, regimen: paclitaxelBreast))
      #expect(plan.settings.split.map { [$0.earlyDay, $0.lateDay] } == days)
    }
    let single = try TrialPlan(trialsRequest(["scans": "24w"], regimen: paclitaxelBreast))
    #expect(single.settings.split == nil)
  }
}
