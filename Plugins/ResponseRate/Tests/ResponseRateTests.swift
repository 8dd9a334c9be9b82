import JSON
import PluginKit
import PluginProtocol
import ReferenceTesting
import Statistics
import Testing

@testable import ResponseRate

struct ResponseRateTests {
  @Test func `the source trial against its quoted control`() async throws {
    let document = try await run("15/30", ["control": "61/243", "quoted": "0.0041"])
    #expect(
      document.primary?.text
        == "15/30 responded (50.0 %); +24.9 points against 61/243, 95 % Miettinen-Nurminen interval"
        + " 7.0 to 42.7, score-mn p = 0.0042.")
    let p = Dictionary(uniqueKeysWithValues: document.tests.map { ($0.method, $0.pValue ?? .nan) })
    #expect(p["chi-square"]?.agrees(with: 0.004098512288594995, within: 1e-12) == true)
    #expect(p["barnard"]?.agrees(with: 0.0133198022, within: 1e-8) == true)
    #expect(p["boschloo"]?.agrees(with: 0.0063556604, within: 1e-8) == true)
    #expect(
      document.notes.first { $0.code == "quoted.control" }?.text
        == "The quoted p = 0.0041 is given against this control by 1 of 32 tests:"
        + " chi-square v 61/243: 0.004099.")
    #expect(document.notes.contains { $0.code == "control.mixed-analyses" })
  }

  @Test("a control brings the panel of the others", arguments: ["0.25", "25%", "61/243", "nk105"])
  func panel(control: String) async throws {
    let document = try await run("15/30", ["control": control])
    let panel = try #require(document.tables.first { $0.name == "control-sensitivity" })
    #expect(panel.rows.map { $0.first?.string } == PublishedControl.all.map(\.name))
    #expect(document.notes.contains { $0.code == "control.uncontrolled" })
    #expect(!document.tests.isEmpty)
  }

  @Test func `several controls are compared and none is the primary one`() async throws {
    let document = try await run("15/30", ["control": "54/243,82/211,nk105,40%"])
    let panel = try #require(document.tables.first { $0.name == "control-sensitivity" })
    #expect(panel.rows.count == 4)
    #expect(document.tests.isEmpty)
    #expect(document.primary?.test == nil)
  }

  @Test(
    "says how the primary pair can disagree",
    arguments: [
      ("0.25", "mid-p", "mid-p", "mid-p", false), ("0.25", "score", "wilson", "score", false),
      ("0.25", "exact", "clopper-pearson", "exact", true),
      ("0.25", "blaker", "blaker", "blaker", true),
      ("61/243", "barnard", "miettinen-nurminen", "barnard", true),
      ("61/243", "newcombe", "newcombe", "score-mn", true),
      ("61/243", "score-mn", "miettinen-nurminen", "score-mn", false),
      ("61/243", "chi-square", "mee", "chi-square", false),
      ("61/243", "mee", "mee", "chi-square", false),
    ])
  func primary(
    control: String, primary: String, interval: String, test: String, canDisagree: Bool
  ) async throws {
    let document = try await run("15/30", ["control": control, "primary": primary])
    #expect(document.primary?.interval == interval)
    #expect(document.primary?.test == test)
    #expect(document.notes.contains { $0.code == "primary.can-disagree" } == canDisagree)
  }

  @Test(
    "quotes what was asked for by name",
    arguments: [
      (["interval": "wilson"], "wilson", nil, false),
      (["control": "0.25", "interval": "wilson"], "wilson", "score", false),
      (["control": "0.25", "test": "mid-p"], "mid-p", "mid-p", false),
      (["control": "0.25", "interval": "jeffreys"], "jeffreys", "exact-doubled", true),
      (["control": "0.25", "interval": "wilson", "test": "exact"], "wilson", "exact", true),
      (["control": "61/243", "test": "fisher"], "miettinen-nurminen", "fisher", true),
      (["control": "61/243", "difference": "newcombe"], "newcombe", "score-mn", true),
      (["control": "61/243", "interval": "wilson"], "miettinen-nurminen", "score-mn", false),
    ] as [([String: String], String, String?, Bool)])
  func named(
    parameters: [String: String], interval: String, test: String?, canDisagree: Bool
  ) async throws {
    let document = try await run("15/30", parameters)
    #expect(document.primary?.interval == interval)
    #expect(document.primary?.test == test)
    #expect(document.notes.contains { $0.code == "primary.can-disagree" } == canDisagree)
  }

  @Test(
    "refuses what makes no sense, naming the parameter",
    arguments: [
      (["control": "1.2"], "control", "control=1.2: \"1.2\" is no control"),
      (["control": "31/30"], "control", "control=31/30: \"31/30\" is no control"),
      (
        ["control": "nk106"], "control",
        "control=nk106: \"nk106\" is no control (did you mean nk105?)"
      ),
      (
        ["control": "0.25", "test": "fisher"], "test",
        "test=fisher: 0.25 is a rate taken as known; its tests are exact, exact-doubled, mid-p,"
          + " blaker, score, score-cc"
      ),
      (["test": "fisher"], "test", "test=fisher needs one control= to test against"),
      (
        ["control": "0.25", "difference": "wald"], "difference",
        "difference= needs a control given as counts; 0.25 is a rate taken as known"
      ),
      (
        ["control": "0.25", "primary": "barnard"], "primary",
        "primary=barnard: against a fixed rate only intervals of one rate and their tests can be"
          + " primary"
      ),
      (
        ["quoted": "1.5"], "quoted", "quoted=1.5: expected a p-value as printed, such as 0.004"
      ),
      (["by": "arm"], "by", "by= needs a data set; a count has no patients to look at"),
    ] as [([String: String], String, String)])
  func refusals(parameters: [String: String], parameter: String, message: String) async {
    let refusal = await #expect(throws: Refusal.self) {
      try await run("15/30", parameters)
    }
    #expect(refusal?.parameter == parameter)
    #expect(refusal?.message == message)
  }

  @Test func `the manifest offers exactly the methods and controls there are`() throws {
    let declared = try declaredChoices()
    #expect(declared["control"] == ["all"] + PublishedControl.all.map(\.name))
    #expect(declared["interval"] == ["all"] + ProportionInterval.Method.allCases.map(\.rawValue))
    #expect(declared["difference"] == ["all"] + DifferenceInterval.Method.allCases.map(\.rawValue))
    #expect(
      declared["test"] == ["all"] + OneSampleTest.Method.allCases.map(\.rawValue)
        + TwoSampleTest.Method.allCases.map(\.rawValue))
    let methods =
      ProportionInterval.Method.allCases.map(\.rawValue)
      + DifferenceInterval.Method.allCases.map(\.rawValue)
      + OneSampleTest.Method.allCases.map(\.rawValue)
      + TwoSampleTest.Method.allCases.map(\.rawValue)
    #expect(Set(declared["primary"] ?? []) == Set(methods))
  }

  @Test("every small count gives a document without a hole", arguments: 0...4, 1...4)
  func smallCounts(responders: Int, patients: Int) async throws {
    guard responders <= patients else { return }
    for control in ["0.25", "1/3", "0/3", "3/3", "all"] {
      let document = try await run("\(responders)/\(patients)", ["control": control])
      for estimate in document.estimates {
        guard let value = estimate.value, let interval = estimate.interval else {
          #expect(estimate.status != nil && estimate.interval == nil)
          continue
        }
        #expect(interval.lower <= value && value <= interval.upper)
      }
      #expect(document.tests.allSatisfy { (0...1).contains($0.pValue ?? .nan) })
    }
  }

  @Test(
    "a quoted p is matched at its own digits",
    arguments: [
      ("0.004", 0.0041, true), ("0.0040", 0.0041, false), (".004", 0.00449, true),
      ("0.004", 0.0035, true), ("0.004", 0.00451, false), ("1.0", 1, true),
    ])
  func quoted(text: String, p: Double, isReproduced: Bool) throws {
    #expect(try QuotedPValue(text).isReproduced(by: p) == isReproduced)
  }

  @Test func `a table too large for the exact tests says so beside the others`() async throws {
    let document = try await run("5000/10000", ["control": "4000/10000"])
    let barnard = try #require(document.tests.first { $0.method == "barnard" })
    #expect(barnard.pValue == nil)
    #expect(barnard.status != nil)
    #expect(document.tests.first { $0.method == "fisher" }?.pValue != nil)
  }
}
