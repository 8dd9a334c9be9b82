import Foundation
import Testing

@testable import TrialData

struct ImportProblemTests {
  /// Each kind of bad input, and the whole of what is said about it.
  @Test(
    "refuses bad input in a sentence",
    arguments: [
      (["subject.csv": ""], ["subject.csv: found an empty file, expected a header line"]),
      (["subject.csv": "\n\r\n"], ["subject.csv: found an empty file, expected a header line"]),
      (
        ["subject.csv": "subject,arm\n"],
        ["subject.csv: found no rows, expected at least one row"]
      ),
      (
        ["subject.csv": "arm,age\nA,50\n"],
        ["subject.csv:1: subject: found no such column, expected it among \"arm\", \"age\""]
      ),
      (
        ["subject.csv": "subject,subject\nS1,S1\n"],
        ["subject.csv:1: subject: found two columns of this name, expected each name once"]
      ),
      (
        ["subject.csv": "subject,dose_levl\nS1,1\n"],
        [
          "subject.csv:1: dose_levl: found an unknown column, expected dose_level, or a name that is "
            + "less like it"
        ]
      ),
      (
        ["subject.csv": "subject,age\nS1,abc\nS2,-3\nS3,1e999\nNA,40\n ,40\n"],
        [
          "subject.csv:2: age: found \"abc\", expected a number that is not negative",
          "subject.csv:3: age: found \"-3\", expected a number that is not negative",
          "subject.csv:4: age: found \"1e999\", expected a number that is not negative",
          "subject.csv:5: subject: found nothing, expected a text",
          "subject.csv:6: subject: found nothing, expected a text",
        ]
      ),
      (
        ["subject.csv": "subject,arm\nS1\nS2,A\nS3,A,B\n"],
        [
          "subject.csv:2: found 1 field, expected 2 as in the header",
          "subject.csv:4: found 3 fields, expected 2 as in the header",
        ]
      ),
      (
        [
          "subject.csv": "subject,arm\nS1\n",
          "lesion.csv": "subject,lesion,role,nodal\nS1,T01\n",
          "measurement.csv": "subject,lesion,day,diameter\nS1,T01,0,12\n",
        ],
        [
          "subject.csv:2: found 1 field, expected 2 as in the header",
          "lesion.csv:2: found 2 fields, expected 4 as in the header",
        ]
      ),
      (
        ["subject.csv": "subject,arm\nS1,A\nS2,A\nS1,B\n"],
        [
          "subject.csv:4: found a second row of subject for S1, expected one for each subject; the "
            + "first is subject.csv:2"
        ]
      ),
      (
        ["subject.csv": "subject,dose_level\nS1,\"1,250\"\nS2,\"1.250,5\"\n"],
        [
          "subject.csv:2: dose_level: found \"1,250\", expected a number whose comma cannot be "
            + "mistaken for a separator of thousands",
          "subject.csv:3: dose_level: found \"1.250,5\", expected a number whose comma cannot be "
            + "mistaken for a separator of thousands",
        ]
      ),
      (
        [
          "subject.csv":
            "subject,first_dose\nS1,2014-02-01\nS2,28FEB2014\nS3,01/02/2014\nS4,2014-02\n"
        ],
        [
          "subject.csv:3: first_dose: found \"28FEB2014\", expected a date such as 2014-02-28, as on "
            + "line 2",
          "subject.csv:4: first_dose: found \"01/02/2014\", expected a date such as 2014-02-28",
          "subject.csv:5: first_dose: found \"2014-02\", expected a complete date, or impute=first, "
            + "middle or last",
        ]
      ),
      (
        [
          "subject.csv": "subject\nS1\n",
          "event.csv": "subject,endpoint,day,occurred\nS2,os,1.5,maybe\n",
        ],
        [
          "event.csv:2: day: found \"1.5\", expected a whole number of days between -36525 and 36525",
          "event.csv:2: occurred: found \"maybe\", expected 1 or 0, yes or no",
        ]
      ),
      (
        [
          "subject.csv": "subject\nS1\n",
          "event.csv": "subject,endpoint,day,occurred\nS2,os,1,\nS3,os,1,1\n",
        ],
        [
          "event.csv:2: occurred: found nothing, expected 1 or 0, yes or no",
          "event.csv:3: subject: found \"S3\", expected a subject of table subject",
        ]
      ),
      (
        [
          "subject.csv": "subject\nS1\n",
          "lesion.csv": "subject,lesion,role,nodal\nS1,T01,TARGET,0\nS1,T02,BENIGN,0\n",
          "measurement.csv": """
          subject,lesion,day,diameter,state
          S1,T01,0,-1,
          S1,T03,0,12,
          S1,T02,0,12,
          S1,T01,84,12,GONE
          S1,T01,85,,
          S1,T01,86,12,ABSENT
          S1,T01,99999,12,
          """,
        ],
        [
          "lesion.csv:3: role: found \"BENIGN\", expected TARGET, NON-TARGET, NEW",
          "measurement.csv:2: diameter: found \"-1\", expected a length in millimeters between 0 and "
            + "1000000",
          "measurement.csv:5: state: found \"GONE\", expected PRESENT, ABSENT, TOO SMALL TO MEASURE, "
            + "NOT EVALUABLE, UNEQUIVOCAL PROGRESSION, EQUIVOCAL",
          "measurement.csv:8: day: found \"99999\", expected a whole number of days between -36525 and "
            + "36525",
          "measurement.csv:6: found a row that says nothing, expected a value in diameter, state",
          "measurement.csv:7: diameter: found \"12.0\", expected nothing or 0 for a lesion that is ABSENT",
          "measurement.csv:3: lesion: found \"T03\", expected a lesion of this subject in table lesion",
        ]
      ),
      (
        ["measurement.csv": "subject,lesion,day,diameter\nS1,T01,0,12\n"],
        [
          "measurement.csv: found measurements without a table of lesions, expected one that says "
            + "which are targets and which are nodes"
        ]
      ),
      (
        [
          "assessment.csv":
            "subject,day,overall,evaluator\nS1,0,CRR,\nS1,84,SD,\nS1,84,PR,\nS1,84,PR,X\n"
        ],
        [
          "assessment.csv:2: overall: found \"CRR\", expected a RECIST or iRECIST code such as CR, PR, "
            + "SD, PD or NE",
          "assessment.csv:4: found a second row of assessment for S1, 84, none, expected one for each "
            + "subject, day, evaluator; the first is assessment.csv:3",
        ]
      ),
      (
        ["scans.csv": "patient,size\n1,2\n"],
        [
          "scans.csv: found columns \"patient\", \"size\", expected a file named after a table (subject, "
            + "lesion, measurement, assessment, exposure, marker, event), a CDISC domain (DM, EX, TU, "
            + "TR, RS, LB, ADSL, ADTTE…), or a file the mapping names"
        ]
      ),
      (
        ["mixed.csv": "subject,day,drug,dose,marker,value\nS1,0,x,1,y,2\n"],
        [
          "mixed.csv: found columns \"subject\", \"day\", \"drug\", \"dose\", \"marker\", \"value\", "
            + "expected a file named after a table (subject, lesion, measurement, assessment, exposure, "
            + "marker, event), a CDISC domain (DM, EX, TU, TR, RS, LB, ADSL, ADTTE…), or a file the mapping names"
        ]
      ),
      (
        ["assessment.csv": "subject,date,overall\nS1,2014-02-01,PR\n"],
        [
          "assessment.csv:2: date: found \"2014-02-01\", expected a subject whose date of day 0 is known"
        ]
      ),
      (
        ["subject.csv": "subject,arm\nS1,\"A\nS2,B\n"],
        [
          "subject.csv:2: character 4: found a quote that is never closed, expected a closing quote"
        ]
      ),
    ] as [(KeyValuePairs<String, String>, [String])])
  func refuses(files: KeyValuePairs<String, String>, sentences: [String]) throws {
    let problems = try Importing(files).problems()
    #expect(problems == sentences)
  }

  @Test("says which bytes are no text")
  func invalidText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "subject.csv", Array("subject\nS1\nS".utf8) + [0xE9] + Array("\n".utf8))
    #expect(
      sentences([path]) == [
        "subject.csv:3: found bytes that are not UTF-8, expected UTF-8 text"
      ])
  }

  @Test(
    "names files that are something else",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], "UTF-16 text, expected UTF-8 text"),
      ([0xFE, 0xFF, 0x00, 0x61], "UTF-16 text, expected UTF-8 text"),
      (
        [0x50, 0x4B, 0x03, 0x04, 0x14],
        "a zip archive (perhaps an Excel workbook), expected a CSV file"
      ),
      ([0x1F, 0x8B, 0x08], "a gzip archive, expected a CSV file"),
    ] as [([UInt8], String)])
  func otherFormats(bytes: [UInt8], found: String) throws {
    let path = try TemporaryFolder().keeping { try $0.write("subject.csv", bytes) }
    #expect(sentences([path.file]) == ["subject.csv: found \(found)"])
  }

  @Test func `a file too large is refused unread`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("subject.csv", "")
    // A sparse file of two gigabytes takes no room.
    let truncated = unsafe truncate(path, 2 << 30)
    #expect(truncated == 0)
    #expect(
      sentences([path]) == ["subject.csv: found 2147483648 bytes, expected at most 536870912"])
  }

  @Test func `what is no file is refused`() throws {
    let folder = try TemporaryFolder()
    let empty = "\(folder.path)/empty"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
    let fifo = "\(folder.path)/fifo.csv"
    let made = unsafe mkfifo(fifo, 0o600)
    #expect(made == 0)
    #expect(
      sentences(["/no/such/file.csv", "/dev/null", empty, fifo]) == [
        "\(empty): found no .csv, .xpt, .json or .ndjson file, expected a folder with some",
        "file.csv: found No such file or directory, expected a file to read",
        "null: found something that is not a regular file, expected a file of data",
        "fifo.csv: found something that is not a regular file, expected a file of data",
      ])
    #expect(sentences([]) == ["import: found no files, expected at least one"])
  }

  @Test func `two files of one name are refused`() throws {
    let first = try TemporaryFolder()
    let second = try TemporaryFolder()
    let paths = [
      try first.write("subject.csv", "subject\nS1\n"),
      try second.write("subject.csv", "subject\nS2\n"),
    ]
    #expect(
      sentences(paths) == ["subject.csv: found two files of this name, expected each name once"])
  }

  @Test func `an origin nobody has is refused`() throws {
    let importing = try Importing(["subject.csv": "subject\nS1\n"])
    #expect(
      try importing.problems(options: ImportOptions(origin: "RANDDT")) == [
        "import: origin: found \"RANDDT\", expected a column of a file with subjects"
      ])
  }

  @Test func `an origin that changes from row to row is refused`() throws {
    let importing = try Importing([
      "assessment.csv":
        "subject,date,overall,start\nS1,2014-02-01,PR,2014-01-01\nS1,2014-03-01,PR,2014-01-02\n"
    ])
    #expect(
      try importing.problems(options: ImportOptions(origin: "start")) == [
        "assessment.csv:3: start: found \"2014-01-02\", expected the same date on every row of S1"
      ])
  }

  @Test func `a second row of a key is named though a row of it is wrong in itself`() throws {
    let importing = try Importing([
      "subject.csv": "subject,age\nS1,x\nS1,40\nS2,-3\nS2,-4\n"
    ])
    let age = "expected a number that is not negative"
    let first = "expected one for each subject; the first is subject.csv"
    #expect(
      try importing.problems() == [
        "subject.csv:2: age: found \"x\", \(age)",
        "subject.csv:4: age: found \"-3\", \(age)",
        "subject.csv:5: age: found \"-4\", \(age)",
        "subject.csv:3: found a second row of subject for S1, \(first):2",
        "subject.csv:5: found a second row of subject for S2, \(first):4",
      ])
  }

  @Test func `nothing is said of what a file that could not be read may hold`() throws {
    let importing = try Importing([
      "lesion.csv": "subject,lesion,role\nS1,L1,target\n",
      "measurement.csv": "subject,lesion,day,diameter\nS1,L1,0,10\n",
    ])
    #expect(
      try importing.problems() == [
        "lesion.csv:1: nodal: found no such column, expected it among \"subject\", \"lesion\", \"role\""
      ])
  }

  @Test("keeps the first ten thousand problems and counts the rest; prints a hundred")
  func many() throws {
    let rows = (1...10_050).map { "S\($0),x\n" }.joined()
    let importing = try Importing(["subject.csv": "subject,age\n\(rows)"])
    let failure = #expect(throws: ImportFailure.self) { try importing.report() }
    guard case .badInput(let problems, let count)? = failure else { return }
    #expect(problems.count == 10_000)
    #expect(count == 10_050)
    let lines = failure?.description.split(separator: "\n") ?? []
    #expect(lines.count == 101)
    #expect(lines.last == "and 9950 more problems")
  }

  @Test("counts the problems of the reader that were not kept")
  func manyQuotes() throws {
    let importing = try Importing([
      "subject.csv": "subject\n" + String(repeating: "a\"\n", count: 10_002)
    ])
    let failure = #expect(throws: ImportFailure.self) { try importing.report() }
    guard case .badInput(let problems, let count)? = failure else { return }
    #expect(problems.count == 10_000)
    // Each quote, and each name but the first again.
    #expect(count == 10_002 + 10_001)
  }

  @Test func `a value is printed on one line, cut, and without control characters`() {
    let problem = ImportProblem(
      file: "a.csv", line: 2, column: "x",
      finding: .value("\u{1B}[31m\n" + String(repeating: "é", count: 99)),
      expected: "a number")
    #expect(
      problem.description
        == "a.csv:2: x: found \"�[31m�\(String(repeating: "é", count: 53))…\", expected a number")
  }

  private func sentences(_ paths: [String]) -> [String] {
    do {
      let output = try TemporaryFolder()
      defer { #expect((try? output.names) == []) }
      _ = try Importer.importFiles(paths, into: output.path)
      return []
    } catch {
      return "\(error)".split(separator: "\n").map(String.init)
    }
  }
}

extension TemporaryFolder {
  /// A file and the folder that keeps it alive.
  func keeping(_ make: (TemporaryFolder) throws -> String) rethrows -> (
    file: String, folder: TemporaryFolder
  ) {
    (try make(self), self)
  }
}
