import RECIST
import Testing

@testable import TrialData

/// The CSV files a statistician exports, and what becomes of them.
struct ADaMTests {
  static let adsl = """
    USUBJID,ARM,TRT01P,DOSELVL,COHORT,TRTSDT,TRTEDT,EVALFL
    S1,IMP321 6.25 mg,P,"6,25",3,2008-02-01,2008-07-01,Y
    S2,IMP321 1.25 mg,P,1.25,2,2008-03-01,,Y
    """
  static let adtr = """
    USUBJID,PARAMCD,AVISIT,ADT,ADY,AVAL,BASE,PCHG,NADIR
    S1,SDIAM,BASELINE,2008-01-25,-7,48,48,0,
    S1,SDIAM,WEEK 12,2008-04-25,85,"33,6",48,-30,48
    S1,LDIAM1,WEEK 12,2008-04-25,85,20,28,,28
    S1,NLDIAM2,WEEK 12,2008-04-25,85,13.6,20,,20
    S2,SDIAM,BASELINE,,-3,30.5,30.5,0,
    """
  static let adrs = """
    USUBJID,PARAMCD,ADT,AVALC,AVAL
    S1,OVR,2008-04-25,PR,2
    S1,BOR,2008-04-25,PR,2
    S1,RSP,2008-04-25,Y,1
    S2,RSP,,N,0
    S2,OVR,2008-05-30,NON-CR/NON-PD,4
    """
  static let adtte = """
    USUBJID,PARAMCD,AVAL,CNSR
    S1,PFS,168,0
    S1,OS,400,2
    S2,PFS,1,1
    """
  static let adex = """
    USUBJID,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXENDTC,CYCLE,CYCLEDAY
    S1,PACLITAXEL,80,mg/m2,2008-02-01,2008-02-01,1,1
    S1,IMP321,6.25,mg,2008-02-02,2008-02-03,1,2
    """
  static let adis = """
    USUBJID,PARAMCD,ADY,AVAL,BASE,CHG,PCHG
    S1,MONOABS,-1,0.4,0.4,0,0
    S1,MONOABS,85,"1,25",0.4,,
    S1,CD8EMPCT,85,,,,
    """

  @Test("reads adsl, adtr, adrs, adtte, adex and adis")
  func natural() throws {
    let importing = try Importing([
      "adsl.csv": Self.adsl, "adtr.csv": Self.adtr, "adrs.csv": Self.adrs,
      "adtte.csv": Self.adtte, "adex.csv": Self.adex, "adis.csv": Self.adis,
    ])
    let report = try importing.report()
    let dataset = try TrialDataset(path: report.path)
    #expect(
      try dataset.subjects() == [
        Subject(
          subject: "S1", arm: "IMP321 6.25 mg", doseLevel: 6.25, cohort: "3",
          firstDose: "2008-02-01"),
        Subject(
          subject: "S2", arm: "IMP321 1.25 mg", doseLevel: 1.25, cohort: "2",
          firstDose: "2008-03-01"),
      ])
    let assessments = try dataset.assessments()
    #expect(assessments.map(\.day) == [-7, 84, -3, 90])
    #expect(assessments.map { $0.sumOfDiameters?.description } == ["48", "33.6", "30.5", nil])
    #expect(
      assessments.map(\.overall?.rawValue) == [nil, "PR", nil, "NON-CR/NON-PD"])
    #expect(try dataset.lesions().map(\.lesion) == ["LDIAM1", "NLDIAM2"])
    #expect(try dataset.lesions().map(\.isNodal) == [false, true])
    #expect(try dataset.measurements().map { $0.diameter?.description } == ["20", "13.6"])
    #expect(
      try dataset.events() == [
        Event(subject: "S1", endpoint: "os", day: 399, occurred: false),
        Event(subject: "S1", endpoint: "pfs", day: 167, occurred: true),
        Event(subject: "S1", endpoint: "rsp", day: 84, occurred: true),
        Event(subject: "S2", endpoint: "pfs", day: 0, occurred: false),
        Event(subject: "S2", endpoint: "rsp", day: nil, occurred: false),
      ])
    #expect(
      try dataset.exposures() == [
        Exposure(subject: "S1", day: 0, drug: "PACLITAXEL", dose: 80, unit: "mg/m2"),
        Exposure(subject: "S1", day: 1, drug: "IMP321", dose: 6.25, unit: "mg"),
      ])
    #expect(try dataset.markers().map(\.value) == [0.4, 1.25])
    #expect(try dataset.markers().map(\.day) == [-1, 84])
    #expect(
      report.notes == [
        "ADRS and ADTR: left out BOR (1 records)",
        "adtte.csv: AVAL has no unit and is taken for days, as all are whole",
        "adex.csv: 1 records span several days and stand on their first",
      ])
  }

  @Test(
    "finds the unit of a time, which counts both ends",
    arguments: [
      ("AVAL,AVALU\n", "S1,PFS,0,12,MONTHS\n", 364), ("AVAL,AVALU\n", "S1,PFS,0,2,WEEKS\n", 13),
      ("AVAL,PARAM\n", "S1,PFS,0,5.8,Progression-Free Survival (Months)\n", 176),
      ("AVAL,STARTDT,ADT\n", "S1,PFS,0,5.5,2014-01-01,2014-06-16\n", 166),
      ("AVAL,STARTDT,ADT\n", "S1,PFS,0,182,2014-01-01,2014-07-01\n", 181),
      ("AVAL\n", "S1,PFS,0,5.75\n", 174), ("AVAL\n", "S1,PFS,0,182.6\n", nil),
      ("AVAL\n", "S1,PFS,0,365.25\n", 364), ("AVAL\n", "S1,PFS,0,12\n", 11),
    ] as [(String, String, Int?)])
  func units(header: String, row: String, day: Int?) throws {
    let dataset = try Importing(["adtte.csv": "USUBJID,PARAMCD,CNSR,\(header)\(row)"]).dataset()
    // 182.6 months are fifteen years.
    #expect(try dataset.events().map(\.day) == [day ?? 5557])
  }

  @Test("a time from another day than day 0 is kept, and that its start is not is said")
  func starts() throws {
    let importing = try Importing([
      "adsl.csv": Self.adsl,
      "adtte.csv": """
      USUBJID,PARAMCD,AVAL,CNSR,STARTDT,ADT
      S1,PFS,168,0,2008-02-01,2008-07-17
      S1,RSD,84,0,2008-04-25,2008-07-17
      S2,RSD,1,1,2008-05-30,2008-05-30
      S2,OS,400,1,2008-02-28,2009-04-02
      """,
    ])
    let report = try importing.report()
    #expect(try TrialDataset(path: report.path).events().map(\.day) == [167, 83, 399, 0])
    #expect(
      report.notes == [
        "adtte.csv: 1 time of os starts on another day than day 0; the time from there is kept, the"
          + " day it starts on is not",
        "adtte.csv: 2 times of rsd start on another day than day 0; the time from there is kept, the"
          + " day it starts on is not",
      ])
  }

  @Test(
    "refuses what cannot be right",
    arguments: [
      (
        "adtte.csv", "S1,PFS,168,0", "S1,PFS,168,-1",
        "adtte.csv:2: CNSR: found \"-1\", expected 0 for an event, or the number of a reason for "
          + "censoring"
      ),
      (
        "adtte.csv", "S1,PFS,168,0", "S1,PFS,0,0",
        "adtte.csv:2: AVAL: found \"0\", expected a time of at least 1 day, as it counts both ends"
      ),
      ("adtte.csv", "S1,PFS,168", "S1,PFS,x", "adtte.csv:2: AVAL: found \"x\", expected a number"),
      (
        "adtr.csv", "2008-04-25,85,\"33,6\"", "2008-04,85,\"33,6\"",
        "adtr.csv:3: ADT: found \"2008-04\", expected a complete date, or impute=first, middle or "
          + "last"
      ),
      (
        "adtr.csv", ",-3,30.5", ",,30.5",
        "adtr.csv:6: ADT: found nothing, expected a date, or a study day in ADY"
      ),
      (
        "adrs.csv", "PR,2\nS1,BOR", "RP,2\nS1,BOR",
        "adrs.csv:2: AVALC: found \"RP\", expected a RECIST or iRECIST code such as CR, PR, SD, PD "
          + "or NE"
      ),
      (
        "adis.csv", "S1,MONOABS,85", "S1,MONOABS,-1",
        "adis.csv:3: found a second, different value of MONOABS on the day, expected one for each "
          + "subject, day and marker"
      ),
      (
        "adsl.csv", "S2,IMP321 1.25 mg", "S1,IMP321 1.25 mg",
        "adsl.csv:3: ARM: found \"IMP321 1.25 mg\", expected IMP321 6.25 mg, as for this subject "
          + "before"
      ),
    ])
  func refuses(file: String, old: String, new: String, sentence: String) throws {
    func edited(_ name: String, _ text: String) -> String {
      name == file ? text.replacing(old, with: new) : text
    }
    let problems = try Importing([
      "adsl.csv": edited("adsl.csv", Self.adsl), "adtr.csv": edited("adtr.csv", Self.adtr),
      "adrs.csv": edited("adrs.csv", Self.adrs), "adtte.csv": edited("adtte.csv", Self.adtte),
      "adis.csv": edited("adis.csv", Self.adis),
    ]).problems()
    #expect(problems.contains(sentence), "\(problems)")
  }

  @Test("a partial date is imputed by a rule that is named, and counted")
  func imputes() throws {
    let adrs = Self.adrs.replacing("2008-05-30", with: "2008-05")
    let importing = try Importing(["adsl.csv": Self.adsl, "adrs.csv": adrs])
    let report = try importing.report(options: ImportOptions(impute: .last))
    #expect(report.notes.contains("1 partial dates were completed by impute=last"))
    #expect(try TrialDataset(path: report.path).assessments().map(\.day).last == 91)
  }

  @Test("reads EX, LB and CP of SDTM")
  func sdtm() throws {
    let dataset = try Importing([
      "ex.csv": """
      DOMAIN,USUBJID,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXSTDY
      EX,S1,GEMCITABINE,1000,mg/m2,2014-02-01,1
      EX,S1,GEMCITABINE,750,mg/m2,2014-02-08,8
      """,
      "lb.csv": """
      DOMAIN,USUBJID,LBTESTCD,LBORRES,LBORRESU,LBSTRESC,LBSTRESN,LBSTRESU,LBSTAT,VISIT,LBDTC
      LB,S1,MONO,400,/uL,0.4,0.4,10^9/L,,DAY 8,2014-02-08T09:15
      LB,S1,CA153,,,,,,NOT DONE,DAY 8,2014-02-08
      LB,S1,HBSAG,NEGATIVE,,NEGATIVE,,,,DAY 8,2014-02-08
      """,
      "cp.csv": """
      DOMAIN,USUBJID,CPTESTCD,CPSBMRKS,CPSTRESN,CPSTRESU,CPDY
      CP,S1,TCELLS,CD3+CD8+,12.5,%,8
      """,
    ]).dataset()
    #expect(try dataset.exposures().map(\.day) == [0, 7])
    #expect(
      try dataset.markers() == [
        Marker(subject: "S1", day: 7, visit: "DAY 8", marker: "MONO", value: 0.4, unit: "10^9/L"),
        Marker(
          subject: "S1", day: 7, visit: nil, marker: "TCELLS CD3+CD8+", value: 12.5, unit: "%"),
      ])
  }

  @Test("a table is known by its name, or by columns only one has")
  func domains() throws {
    for (name, text, domain) in [
      ("adam_adtr_onco_SDIAM.csv", "USUBJID,PARAMCD\nS,x\n", CDISCDomain.adtr),
      ("outcomes.csv", "USUBJID,PARAMCD,CNSR\nS,x,0\n", .adtte),
      ("people.csv", "USUBJID,TRTSDT\nS,2014-01-01\n", .adsl),
      ("lb_2014.csv", "USUBJID,LBTESTCD\nS,x\n", .lb),
    ] {
      let folder = try TemporaryFolder()
      let file = SourceFile(path: try folder.write(name, text), sizeLimitBytes: 1_000)
      let table = try #require(file.read(ProblemList(), choice: ColumnChoice()).first)
      #expect(CDISCDomain(of: table) == domain)
    }
  }
}
