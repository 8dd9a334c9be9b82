import JSON
import Testing

@testable import Workbench

struct DocumentPathTests {
  private static let document: JSONValue = [
    "title": "T",
    "estimates": [
      ["name": "a", "interval": ["method": "wald", "lower": 1]],
      ["name": "b", "interval": ["method": "wald", "lower": 2]],
      ["name": "b", "interval": ["method": "wilson", "lower": 3], "total": 7],
    ],
  ]

  @Test(
    arguments: [
      ("title", "T"), ("estimates[name=b].interval.lower", 2), ("estimates[2].total", 7),
      ("estimates[name=b][interval.method=wilson].interval.lower", 3),
      ("estimates[interval.method=wilson].name", "b"), ("estimates[total=7].name", "b"),
      ("estimates[name=c].interval.lower", nil), ("estimates[3].name", nil),
      ("title.x", nil), ("title[0]", nil), ("estimates.name", nil), ("missing", nil),
      ("estimates[name=a][interval.method=wilson].name", nil),
    ] as [(String, JSONValue?)])
  func findsAValue(_ text: String, _ value: JSONValue?) throws {
    #expect(try #require(DocumentPath(text)).value(in: Self.document) == value)
  }

  @Test(arguments: ["", ".", "a..b", "a[", "a[]", "a[=x]", "a[-1]", "a[b]", "a]", "a[0"])
  func isNoPath(_ text: String) {
    #expect(DocumentPath(text) == nil)
  }
}

struct ReferenceCaseTests {
  private func outcome(
    _ expected: String, _ tolerance: ReferenceCase.Tolerance, _ found: JSONValue?
  ) throws -> ReferenceCase.Outcome {
    let reference = ReferenceCase(
      file: "f.csv", line: 2, method: "m", command: "c", path: try #require(DocumentPath("v")),
      expected: expected, tolerance: tolerance, source: "s")
    return reference.outcome(of: found.map { ["v": $0] } ?? ["error": ["message": "no"]])
  }

  @Test(
    arguments: [
      ("0.1", 1e-12, 0.1, nil), ("0.1", 1e-12, 0.1000000000001, nil),
      ("0.1", 1e-13, 0.1000000000002, "expected 0.1"), ("0", 1e-3, 1e-300, "expected 0"),
      ("0", 1e-3, 0, nil), ("7.7e-29", 1e-2, 0, "expected 7.7e-29"),
      ("-2", 1e-6, -2.000001, nil), ("-2", 1e-6, 2, "expected -2"),
      ("0.1", 1e-3, "NaN", "expected 0.1"), ("plain", 0, "plain", nil),
      ("plain", 0, "other", "expected plain"), ("null", 0, .null, nil),
      ("0.1", 1e-3, .null, "the result has no value there"),
    ] as [(String, Double, JSONValue, String?)])
  func comparesRelatively(
    _ expected: String, _ tolerance: Double, _ found: JSONValue, _ failure: String?
  ) throws {
    #expect(try outcome(expected, .relative(tolerance), found).failure == failure)
  }

  @Test(
    arguments: [
      ("0.0528", 0.05275, true), ("0.0528", 0.052849, true), ("0.0528", 0.05286, false),
      ("0.0528", 0.0527, false), ("0.20", 0.2049, true), ("0.20", 0.206, false), ("3", 3.4, true),
      ("1.5e-3", 0.00154, true), ("1.5e-3", 0.00156, false), ("-0.1658", -0.16576, true),
      ("x", 1, false), ("1.5E-3", 0.00154, true),
    ])
  func comparesAsPrinted(_ printed: String, _ number: Double, _ agrees: Bool) throws {
    #expect(ReferenceCase.agrees(number, with: printed) == agrees)
    #expect(try outcome(printed, .printed, .number(number)).passed == agrees)
  }

  @Test func givesTheErrorRelativeToTheLarger() throws {
    #expect(try outcome("1", .relative(1), 4).relativeError == 0.75)
    #expect(try outcome("4", .relative(1), 1).relativeError == 0.75)
    #expect(try outcome("0", .relative(1), 0).relativeError == 0)
  }

  @Test func aRefusalIsAFailureWithItsSentence() throws {
    #expect(try outcome("1", .relative(1), nil).failure == "refused: no")
  }

  @Test func namesATheirsThatHasComeToAgree() throws {
    var reference = ReferenceCase(
      file: "f.csv", line: 2, method: "m", command: "c", path: try #require(DocumentPath("v")),
      expected: "0.0215", tolerance: .printed, source: "s")
    reference.disagreement = .init(tool: "SciPy", theirs: "0.0210", reason: "ties")
    let checked = CheckedCase(plugin: "p", analysis: "a", reference, document: ["v": 0.02149])
    #expect(checked.outcome.passed)
    #expect(checked.foundBesideTheirs == "0.0215")
    reference.disagreement?.theirs = "0.02149"
    let stale = CheckedCase(plugin: "p", analysis: "a", reference, document: ["v": 0.02149])
    #expect(stale.sentence == "f.csv:2: c: v: SciPy gives the same, 0.02149, found 0.02149")
  }
}

struct CaseFileTests {
  private func file(_ text: String) -> CaseFile { CaseFile(name: "f.csv", bytes: Array(text.utf8)) }

  @Test func readsColumnsInAnyOrder() throws {
    let file = file(
      """
      source,method,reason,tool,theirs,command,path,expected,tolerance
      "Newcombe, 1998",wilson,why,R 4,0.2,echo 1/2,v[0],0.1,printed
      paper,wald,,,,echo 1/3,v,0.5,1e-10

      """)
    #expect(file.problems.isEmpty)
    let first = try #require(file.cases.first)
    #expect(first.source == "Newcombe, 1998" && first.line == 2 && first.tolerance == .printed)
    #expect(first.disagreement == .init(tool: "R 4", theirs: "0.2", reason: "why"))
    #expect(file.cases.last?.disagreement == nil)
    #expect(file.cases.last?.tolerance == .relative(1e-10))
  }

  @Test(
    arguments: [
      ("", "f.csv:1: the file is empty"),
      (
        "method,what\n",
        "f.csv:1: the column \"what\" is unknown or given twice: expected method, command, path, "
          + "expected, tolerance, source, tool, theirs, reason"
      ),
      ("method,command,path\n", "f.csv:1: the file has no column expected, tolerance, source"),
      ("\(header)m,c,p,1,0\n", "f.csv:2: found 5 fields, expected 6"),
      ("\(header)m,c,p,,0,s\n", "f.csv:2: expected is empty"),
      ("\(header)m,c,p[,1,0,s\n", "f.csv:2: p[ is no path into a result"),
      (
        "\(header)\nm,c,p,1,2,s\n",
        "f.csv:3: tolerance cannot be 2: expected a number from 0 to 1, or printed"
      ),
      (
        "\(header)m,\"c,p,1,0,s\n",
        "f.csv: line 2, character 3: found a quote that is never closed, expected a closing quote"
      ),
    ])
  func saysWhatIsWrongAndWhere(_ text: String, _ problem: String) {
    #expect(file(text).problems.first == problem)
    #expect(file(text).cases.isEmpty)
  }

  private static let header = "method,command,path,expected,tolerance,source\n"
}
