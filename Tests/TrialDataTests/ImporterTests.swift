import Foundation
import RECIST
import Testing

@testable import TrialData

struct ImporterTests {
  static let subjects = """
    subject,arm,dose_level,dose_unit,cohort,sex,age,first_dose
    S2,A,"6,25",mg,3,F,61,2014-02-01
    S1,A,0.25,mg,1,F,NA,
    """
  static let lesions = """
    subject,lesion,role,site,nodal
    S1,T01,TARGET,LIVER,no
    S1,N01,target,LYMPH NODE,yes
    S1,NT01,NON-TARGET,BONE,0
    S2,T01,TARGET,"CHEST, LEFT",0
    """
  static let measurements = """
    subject,lesion,day,visit,diameter,state,evaluator
    S1,T01,-7,BASELINE,48.0,PRESENT,INVESTIGATOR
    S1,N01,-7,BASELINE,20,,INVESTIGATOR
    S1,NT01,-7,BASELINE,,PRESENT,INVESTIGATOR
    S1,T01,84,WEEK 12,33.6,,INVESTIGATOR
    S1,N01,84,WEEK 12,14,,INVESTIGATOR
    S1,NT01,84,WEEK 12,,absent,INVESTIGATOR
    S2,T01,0,,30.5,,
    S2,T01,84,,36.6,,
    """
  static let assessments = """
    subject,day,visit,sum_of_diameters,target,non_target,new_lesion,overall,evaluator
    S1,84,WEEK 12,47.6,PR,CR,N,PR,INVESTIGATOR
    S1,84,WEEK 12,47.6,iPR,NON-iCR/NON-iUPD,N,iPR,READER 2
    """
  static let others = (
    exposure: "subject,day,drug,dose,unit\nS1,0,paclitaxel,80,mg/m2\nS1,1,IMP321,0.25,mg\n",
    marker: "subject,day,visit,marker,value,unit\nS1,0,,MONOCYTES,0.41,10^9/L\nS1,0,,CD8,-1.5,%\n",
    event: "subject,endpoint,day,occurred\nS1,PFS,168,1\nS1,response,,yes\nS2,pfs,84,0\n"
  )

  private func whole() throws -> Importing {
    try Importing([
      "subject.csv": Self.subjects, "lesion.csv": Self.lesions,
      "measurement.csv": Self.measurements, "assessment.csv": Self.assessments,
      "exposure.csv": Self.others.exposure, "marker.csv": Self.others.marker,
      "event.csv": Self.others.event,
    ])
  }

  @Test("keeps every row of every table")
  func rows() throws {
    let report = try whole().report()
    #expect(report.counts.map(\.rows) == [2, 4, 8, 2, 2, 2, 3])
    #expect(report.notes == [])
    #expect(report.path.hasSuffix("/\(report.hash).sqlite"))
    #expect(report.hash.count == 64)
    #expect(!report.wasPresent)
  }

  @Test("gives typed rows back, in the order of their keys")
  func typed() throws {
    let importing = try whole()
    let dataset = try importing.dataset()
    #expect(
      try dataset.subjects() == [
        Subject(subject: "S1", arm: "A", doseLevel: 0.25, doseUnit: "mg", cohort: "1", sex: "F"),
        Subject(
          subject: "S2", arm: "A", doseLevel: 6.25, doseUnit: "mg", cohort: "3", sex: "F", age: 61,
          firstDose: "2014-02-01"),
      ])
    #expect(
      try dataset.lesions().map(\.lesion) == ["N01", "NT01", "T01", "T01"])
    #expect(try dataset.lesions().map(\.isNodal) == [true, false, false, false])
    #expect(try dataset.lesions().map(\.role) == [.target, .nonTarget, .target, .target])
    #expect(try dataset.lesions().last?.site == "CHEST, LEFT")
    let measurements = try dataset.measurements()
    #expect(measurements.map(\.day) == [-7, 84, -7, 84, -7, 84, 0, 84])
    #expect(measurements.map(\.state) == [nil, nil, .present, .absent, .present, nil, nil, nil])
    #expect(measurements[5].diameter == Millimeters("33.6"))
    #expect(measurements[7].evaluator == nil)
    let assessment = try #require(try dataset.assessments().first)
    #expect(assessment.overall == .recist(.partialResponse))
    #expect(assessment.nonTarget?.category == .completeResponse)
    #expect(assessment.newLesion == false)
    #expect(try dataset.assessments().last?.overall == .immune(.partialResponse))
    #expect(try dataset.exposures().map(\.drug) == ["paclitaxel", "IMP321"])
    #expect(try dataset.markers().map(\.value) == [-1.5, 0.41])
    #expect(
      try dataset.events() == [
        Event(subject: "S1", endpoint: "pfs", day: 168, occurred: true),
        Event(subject: "S1", endpoint: "response", day: nil, occurred: true),
        Event(subject: "S2", endpoint: "pfs", day: 84, occurred: false),
      ])
  }

  @Test("derives responses from the lesions")
  func derives() throws {
    let importing = try whole()
    let histories = try importing.dataset().lesionHistories()
    #expect(histories.map(\.subject) == ["S1", "S2"])
    #expect(histories[0].timePoints.map(\.overall) == [.partialResponse])
    #expect(histories[0].timePoints[0].target?.sumOfDiameters == Millimeters("47.6"))
    #expect(histories[0].timePoints[0].nonTarget == .completeResponse)
    #expect(histories[1].visits == [ResponseVisit(day: 84, response: .progressiveDisease)])
  }

  @Test("the same content has the same name, whatever the order of rows, columns and files")
  func hash() throws {
    let first = try whole().report().hash
    func shuffled(_ text: String, _ seed: UInt64) -> String {
      var random = SplitMix(state: seed)
      let lines = text.split(separator: "\n").map(String.init)
      return ([lines[0]] + lines.dropFirst().shuffled(using: &random)).joined(separator: "\r\n")
    }
    for seed in 0..<10 as Range<UInt64> {
      let other = try Importing([
        "event.csv": shuffled(Self.others.event, seed),
        "measurement.csv": shuffled(Self.measurements, seed),
        "marker.csv": shuffled(Self.others.marker, seed),
        "exposure.csv": shuffled(Self.others.exposure, seed),
        "assessment.csv": shuffled(Self.assessments, seed),
        "lesion.csv": "\u{FEFF}" + shuffled(Self.lesions, seed),
        "subject.csv":
          "subject;age;first_dose;arm;dose_level;dose_unit;cohort;sex\n"
          + "S1;;.;A;0,250;mg;1;F\nS2;61.0;01FEB2014;A;6.25;mg;3;F\n",
      ]).report()
      #expect(other.hash == first)
    }
  }

  @Test("the hash can be computed anew from the file, and any change shows")
  func contentHash() throws {
    let importing = try whole()
    let report = try importing.report()
    #expect(try TrialDataset(path: report.path).contentHash() == report.hash)
    var seen: Set<String> = [report.hash]
    for (old, new) in [
      ("33.6", "33.7"), ("33.6", ""), ("WEEK 12", "WEEK 13"), ("84", "85"), ("BASELINE", ""),
    ] {
      let changed = try Importing([
        "subject.csv": Self.subjects, "lesion.csv": Self.lesions,
        "measurement.csv": Self.measurements.replacing(",33.6,,", with: ",33.6,PRESENT,")
          .replacing(old, with: new),
      ]).report().hash
      #expect(seen.insert(changed).inserted)
    }
  }

  @Test("hashes what the format says, byte for byte")
  func canonicalForm() throws {
    let report = try Importing([
      "subject.csv": "subject,arm,age\n\"B\"\"\\\",\"a\tb\",61\n",
      "event.csv": "subject,endpoint,day,occurred\n\"B\"\"\\\",os,-3,1\n",
    ]).report()
    let content = """
      subject
      ["B\\"\\\\","a\\u0009b",null,null,null,null,61.0,null]
      lesion
      measurement
      assessment
      exposure
      marker
      event
      ["B\\"\\\\","os",-3,1]

      """
    #expect(report.hash == sha256(content))
  }

  @Test("importing the same content again keeps the first file")
  func again() throws {
    let importing = try whole()
    let first = try importing.report()
    let second = try importing.report()
    #expect(second.wasPresent)
    #expect(second.path == first.path)
    #expect(try importing.output.names == ["\(first.hash).sqlite"])
  }

  @Test("tells where the data came from, without paths")
  func about() throws {
    let importing = try Importing(["subject.csv": "subject\nS1\n"])
    let options = ImportOptions(impute: .middle)
    let about = try importing.dataset(options: options).about()
    #expect(
      about == [
        "importer.version": "1", "content.format": "1", "source.1.name": "subject.csv",
        "source.1.sha256": sha256("subject\nS1\n"), "option.impute": "middle",
      ])
  }

  @Test("a table is found by its header where the file has another name")
  func headerDecides() throws {
    let importing = try Importing([
      "patients.csv": "subject,arm,age\nS1,A,50\n",
      "scans.csv": "subject,day,visit,overall,sum_of_diameters\nS1,84,W12,PR,10\n",
      "outcome.csv": "subject,endpoint,occurred\nS1,os,1\n",
    ])
    #expect(try importing.report().counts.map(\.rows) == [1, 0, 0, 1, 0, 0, 1])
  }

  @Test("a negative zero is zero, not missing")
  func negativeZero() throws {
    let importing = try Importing([
      "marker.csv": "subject,day,marker,value\nS1,0,CD8,-0\nS1,0,NK,\n"
    ])
    #expect(try importing.dataset().markers().map(\.value) == [0, nil])
  }

  @Test("without a table of subjects they are taken from the others")
  func derivedSubjects() throws {
    let report = try Importing(["event.csv": Self.others.event]).report()
    #expect(report.counts[0].rows == 2)
    #expect(
      report.notes == [
        "no table of subjects was given: the 2 subjects are those of the others"
      ])
  }

  @Test("dates count from the first dose, or from the column origin names")
  func dates() throws {
    let files: KeyValuePairs = [
      "subject.csv": "subject,first_dose,randomized\nS1,2014-02-01,2014-01-30\n",
      "assessment.csv":
        "subject,date,overall\nS1,2014-02-01,SD\nS1,2014-01-31,NE\nS1,2014-03-01T08:00,PR\n",
    ]
    #expect(try Importing(files).dataset().assessments().map(\.day) == [-1, 0, 28])
    let options = ImportOptions(origin: "randomized")
    #expect(try Importing(files).dataset(options: options).assessments().map(\.day) == [1, 2, 30])
  }

  @Test("columns outside the schema are left out, and said to be")
  func extraColumns() throws {
    let report = try Importing(["subject.csv": "subject,,weight\nS1,1,70\n"]).report()
    #expect(
      report.notes == ["subject.csv: columns not in the schema were left out: \"\", \"weight\""])
  }

  @Test("a folder stands for the CSV files in it")
  func folder() throws {
    let importing = try Importing(["subject.csv": "subject\nS1\n", "README.md": "no table"])
    let report = try Importer.importFiles([importing.folder.path], into: importing.output.path)
    #expect(report.sources.map(\.name) == ["subject.csv"])
  }

  /// Given up at any of the times it asks, an import keeps nothing.
  @Test func `an import that is given up leaves nothing behind`() throws {
    let source = try TemporaryFolder()
    let path = try source.write("subject.csv", "subject\nS1\n")
    for patience in 0..<4 {
      let output = try TemporaryFolder()
      var asked = 0
      #expect(throws: ImportFailure.cancelled) {
        try Importer.importFiles([path], into: output.path) {
          asked += 1
          return asked > patience
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: output.path) == [])
    }
  }
}
