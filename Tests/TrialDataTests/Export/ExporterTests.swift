import Foundation
import RECIST
import Testing

@testable import TrialData

struct ExporterTests {
  /// Values that writers and readers stumble over: quotes, commas, semicolons, line breaks, UTF-8,
  /// doubles with all their digits, missing values of every kind.
  private static let awkward: KeyValuePairs = [
    "subject.csv": #"""
    subject,arm,dose_level,dose_unit,cohort,sex,age,first_dose
    "S,1","A ""quoted"", arm",0.30000000000000004,mg/m²,"line
    break",F,61.000000000000014,2014-02-01
    S2,"semi;colon	tab",1e-7,µg,,,,
    S3,,,,日本,M,1e5,2200-12-31
    """#,
    "lesion.csv": """
    subject,lesion,role,site,nodal
    "S,1",T01,TARGET,LIVER,0
    "S,1",T02,TARGET,AXILLARY LYMPH NODE,1
    "S,1",NT01,NON-TARGET,"BONE, left",0
    """,
    "measurement.csv": """
    subject,lesion,day,visit,diameter,state,evaluator
    "S,1",T01,-7,BASELINE,33.6,,INVESTIGATOR
    "S,1",T01,84,WEEK 12,,TOO SMALL TO MEASURE,INVESTIGATOR
    "S,1",T02,-7,BASELINE,15,PRESENT,READER 2
    "S,1",NT01,0,,,ABSENT,
    """,
    "assessment.csv": #"""
    subject,day,visit,sum_of_diameters,target,non_target,new_lesion,overall,evaluator
    "S,1",-7,BASELINE,48.6,,,,,INVESTIGATOR
    "S,1",84,"WEEK ""12""",0,CR,NON-CR/NON-PD,0,PR,INVESTIGATOR
    S2,84,,,,,1,iUPD,
    """#,
    "exposure.csv": """
    subject,day,drug,dose,unit
    "S,1",0,PACLITAXEL,80,mg/m2
    "S,1",1,IMP321,,
    """,
    "marker.csv": """
    subject,day,visit,marker,value,unit
    "S,1",-1,,MONO,-0.1,10^9/L
    "S,1",13,C1,MONO,1.7976931348623157e70,10^9/L
    S2,13,C1,CD8,2.2250738585072014e-60,%
    """,
    "event.csv": """
    subject,endpoint,day,occurred
    "S,1",os,399,0
    "S,1",pfs,0,1
    S2,response,,1
    """,
  ]

  private func awkward() throws -> (Importing, TrialDataset, String) {
    let importing = try Importing(Self.awkward)
    let report = try importing.report()
    return (importing, try TrialDataset(path: report.path), report.hash)
  }

  private func hash(of path: String, _ output: TemporaryFolder) throws -> String {
    try Importer.importFiles([path], into: output.path).hash
  }

  @Test(
    "our tables read back as the same data set, in every format", arguments: ExportFormat.allCases)
  func roundTrip(format: ExportFormat) throws {
    let (importing, dataset, hash) = try awkward()
    let target = importing.folder.path + "/out"
    let report = try Exporter(dataset, format: format).write(to: target, overwrites: false)
    #expect(report.readsBackTheSame)
    #expect(report.notes.isEmpty)
    #expect(report.tables.map(\.name) == TrialTable.allCases.map(\.rawValue))
    #expect(try self.hash(of: target, importing.output) == hash)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: target).sorted()
        == TrialTable.allCases.map { "\($0.rawValue).\(format.ending)" }.sorted())
  }

  @Test("a SAS file holds all tables")
  func oneFile() throws {
    let (importing, dataset, hash) = try awkward()
    let target = importing.folder.path + "/out.xpt"
    let report = try Exporter(dataset, format: .xpt).write(to: target, overwrites: false)
    #expect(report.files.map(\.path) == [target])
    #expect(try self.hash(of: target, importing.output) == hash)
    let file = try XPTFile(Array(Data(contentsOf: URL(filePath: target))))
    #expect(
      file.members.map(\.name)
        == ["SUBJECT", "LESION", "MEASURE", "ASSESS", "EXPOSURE", "MARKER", "EVENT"])
    #expect(
      file.members[3].variables.map(\.name) == [
        "SUBJECT", "DAY", "VISIT", "SUMDIAM", "TARGET", "NONTARG", "NEWLESN", "OVERALL", "EVALUATR",
      ])
    #expect(file.members[3].variables[3].label == "sum_of_diameters")
    #expect(file.members[0].variables.last?.format == "DATE")
  }

  @Test(
    "the CDISC layouts say what they have no place for",
    arguments: [
      (
        ExportLayout.sdtm, ExportFormat.csv,
        ["3 of 3 rows of event do not come back from sdtm as they were"]
      ),
      (.sdtm, .xpt, ["3 of 3 rows of event do not come back from sdtm as they were"]),
      (
        .adam, .datasetJSON,
        [
          "1 of 3 rows of lesion do not come back from adam as they were",
          "3 of 4 rows of measurement do not come back from adam as they were",
        ]
      ),
    ])
  func layouts(layout: ExportLayout, format: ExportFormat, notes: [String]) throws {
    let (importing, dataset, _) = try awkward()
    let report = try Exporter(dataset, format: format, layout: layout).write(
      to: importing.folder.path + "/out", overwrites: false)
    #expect(!report.readsBackTheSame)
    #expect(report.notes == notes)
  }

  @Test("what is asked of CDISC alone comes back from it", arguments: ExportFormat.allCases)
  func cdisc(format: ExportFormat) throws {
    let importing = try Importing([
      "subject.csv": "subject,arm,dose_level,first_dose\nS1,A,6.25,2014-02-01\n",
      "assessment.csv":
        "subject,day,visit,sum_of_diameters,overall,evaluator\n"
        + "S1,-1,BASELINE,48,,READER 2\nS1,84,W12,33.6,PR,READER 2\n",
      "exposure.csv": "subject,day,drug,dose,unit\nS1,0,X,80,mg\n",
      "marker.csv": "subject,day,marker,value\nS1,13,CD8,0.1\n",
    ])
    let dataset = try importing.dataset()
    for layout in [ExportLayout.sdtm, .adam] {
      let report = try Exporter(dataset, format: format, layout: layout).write(
        to: "\(importing.folder.path)/\(layout.rawValue)", overwrites: false)
      #expect(report.readsBackTheSame, "\(layout): \(report.notes)")
    }
  }

  private static let times = """
    subject,endpoint,day,occurred
    S1,death,399,1
    S1,dor,42,0
    S1,os,399,1
    S1,pfs,83,1
    S1,rsd,42,0
    S1,stabilization,0,1
    S2,os,0,0
    S2,pfs,0,1
    S2,response,,1
    S2,ttr,,0
    S3,new-therapy,-3,1
    S3,os,36524,0

    """

  @Test("times to events come back from ADTTE, every one", arguments: ExportFormat.allCases)
  func times(format: ExportFormat) throws {
    let importing = try Importing([
      "subject.csv": "subject,first_dose\nS1,2014-02-01\nS2,\nS3,2000-02-29\n",
      "event.csv": Self.times,
    ])
    let target = importing.folder.path + "/out"
    let report = try Exporter(try importing.dataset(), format: format, layout: .adam).write(
      to: target, overwrites: false)
    #expect(report.readsBackTheSame, "\(report.notes)")
    let copy = try Importer.importFiles([target], into: importing.output.path)
    #expect(try TrialDataset(path: copy.path).events() == importing.dataset().events())
    #expect(copy.notes.isEmpty, "\(copy.notes)")
    guard format == .csv else { return }
    #expect(
      try String(contentsOfFile: target + "/adtte.csv", encoding: .utf8) == """
        USUBJID,PARAMCD,PARAM,STARTDT,ADT,ADY,AVAL,AVALU,CNSR,EVNTDESC,CNSDTDSC
        S1,DEATH,,2014-02-01,2015-03-07,400,400,DAYS,0,DEATH,
        S1,DOR,Duration of Response,,,,43,DAYS,1,CENSORED,LAST DAY WITHOUT THE EVENT
        S1,OS,Overall Survival,2014-02-01,2015-03-07,400,400,DAYS,0,DEATH,
        S1,PFS,Progression-Free Survival,2014-02-01,2014-04-25,84,84,DAYS,0,PROGRESSION OR DEATH,
        S1,RSD,Duration of Response,,,,43,DAYS,1,CENSORED,LAST DAY WITHOUT THE EVENT
        S1,STABILIZATION,,,,,1,DAYS,0,EVENT,
        S2,OS,Overall Survival,,,1,1,DAYS,1,CENSORED,LAST DAY WITHOUT THE EVENT
        S2,PFS,Progression-Free Survival,,,1,1,DAYS,0,PROGRESSION OR DEATH,
        S3,OS,Overall Survival,2000-02-29,2100-02-28,36525,36525,DAYS,1,CENSORED,LAST DAY WITHOUT THE \
        EVENT

        """)
  }

  @Test("never replaces a file unless told to")
  func overwrites() throws {
    let (importing, dataset, _) = try awkward()
    let target = importing.folder.path + "/out"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    try Data("mine".utf8).write(to: URL(filePath: target + "/lesion.csv"))
    let exporter = Exporter(dataset, format: .csv)
    #expect(throws: ExportFailure.fileExists(path: target + "/lesion.csv")) {
      try exporter.write(to: target, overwrites: false)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["lesion.csv"])
    _ = try exporter.write(to: target, overwrites: true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: target).count == 7)
  }

  @Test("what a format cannot carry is refused, all of it, and nothing is left")
  func refusals() throws {
    let long = String(repeating: "x", count: 201)
    let importing = try Importing([
      "subject.csv": "subject,arm\nS1,\(long)\nS2,b\n",
      "marker.csv": "subject,day,marker,value\nS1,0,A,1e80\nS1,0,B,1e-80\n",
    ])
    let dataset = try importing.dataset()
    let target = importing.folder.path + "/out"
    let failure = #expect(throws: ExportFailure.self) {
      try Exporter(dataset, format: .xpt).write(to: target, overwrites: false)
    }
    #expect(
      failure?.description == """
        subject, row 1: ARM of observation 1 has 201 bytes, and 200 is the most
        marker, row 1: VALUE of observation 1 is 1e+80, which has no IBM form: 0, or 5.4e-79 to \
        7.2e75 in size
        marker, row 2: VALUE of observation 2 is 1e-80, which has no IBM form: 0, or 5.4e-79 to \
        7.2e75 in size
        """)
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(
      try Exporter(dataset, format: .csv).write(to: target, overwrites: false).readsBackTheSame)
  }

  @Test("texts that would read back as others are refused")
  func texts() throws {
    let mapping = ColumnMapping(rows: [
      RowMapping(
        file: "x.csv", table: .subject,
        columns: [
          "subject": ValueMapping(column: "id"), "arm": ValueMapping(constant: "NA"),
          "cohort": ValueMapping(constant: " a"),
        ])
    ])
    let importing = try Importing(["x.csv": "id\nS1\n"])
    let dataset = try importing.dataset(mapping: mapping)
    let failure = #expect(throws: ExportFailure.self) {
      try Exporter(dataset, format: .csv).write(
        to: importing.folder.path + "/out", overwrites: false)
    }
    #expect(
      failure?.description == """
        subject.arm of row 1 is "NA", which reads back as missing
        subject.cohort of row 1 is " a", which reads back as "a"
        """)
  }

  @Test(
    "a path must suit the format",
    arguments: [
      ("out.csv", ExportFormat.csv, "a folder"), ("out.json", .datasetJSON, "a folder"),
      ("out.csv", .xpt, "a folder, or a file ending in .xpt"), ("out.xpt", .csv, "a folder"),
    ])
  func endings(name: String, format: ExportFormat, expected: String) throws {
    let (importing, dataset, _) = try awkward()
    let path = "\(importing.folder.path)/\(name)"
    let failure = #expect(throws: ExportFailure.self) {
      try Exporter(dataset, format: format).write(to: path, overwrites: false)
    }
    #expect(failure?.description == "\(path) cannot take \(format.rawValue): name \(expected)")
  }

  @Test("the CDISC pilot and every data set of ours comes back the same")
  func pilot() throws {
    let folder = try SharedData.path("cdisc")
    let output = try TemporaryFolder()
    let names = ["sdtm_tu", "sdtm_tr", "sdtm_rs"].map { "\(folder)/\($0)_onco_recist.csv" }
    let report = try Importer.importFiles(
      names + ["\(folder)/adam_adtte_onco.csv"], options: ImportOptions(impute: .first),
      into: output.path)
    let dataset = try TrialDataset(path: report.path)
    for format in ExportFormat.allCases {
      let report = try Exporter(dataset, format: format).write(
        to: "\(output.path)/\(format.rawValue)", overwrites: false)
      #expect(report.readsBackTheSame)
    }
  }

  @Test("a folder that cannot be written is named")
  func unwritable() throws {
    let (importing, dataset, _) = try awkward()
    let target = importing.folder.path + "/no/such/folder"
    #expect(
      throws: ExportFailure.cannotWrite(path: target, reason: "No such file or directory")
    ) { try Exporter(dataset, format: .csv).write(to: target, overwrites: false) }
  }
}
