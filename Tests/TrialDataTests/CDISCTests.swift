import Foundation
import RECIST
import Testing

@testable import TrialData

struct CDISCTests {
  static let dm = """
    STUDYID,DOMAIN,USUBJID,RFSTDTC,RFXSTDTC,ARM,ARMCD,SEX,AGE,AGEU
    X,DM,S1,2014-01-30,2014-02-01,Active,ACT,F,61,YEARS
    X,DM,S2,2014-03-01,,Active,ACT,M,70,YEARS
    X,DM,S3,,,Screen Failure,SCRNFAIL,M,70,YEARS
    """
  static let tu = """
    DOMAIN,USUBJID,TUTESTCD,TUSTRESC,TULOC,TULNKID,TUEVAL,TUEVALID
    TU,S1,TUMIDENT,TARGET,LIVER,T01,INVESTIGATOR,
    TU,S1,TUMIDENT,TARGET,AXILLARY LYMPH NODE,T02,INVESTIGATOR,
    TU,S1,TUMIDENT,TARGET,LIVER,T01,INDEPENDENT ASSESSOR,RADIOLOGIST 1
    TU,S1,TUMIDENT,NON-TARGET,BONE,T02,INDEPENDENT ASSESSOR,RADIOLOGIST 1
    TU,S1,TUSPLIT,x,LIVER,T01,INVESTIGATOR,
    """
  static let tr = """
    DOMAIN,USUBJID,TRLNKID,TRTESTCD,TRORRES,TRORRESU,TRSTRESC,TRSTRESN,TRSTRESU,TRSTAT,VISIT,TREVAL,TREVALID,TRDTC
    TR,S1,T01,LDIAM,4.8,cm,4.8,4.8,cm,,BASELINE,INVESTIGATOR,,2014-01-31
    TR,S1,T01,LPERP,30,mm,30,30,mm,,BASELINE,INVESTIGATOR,,2014-01-31
    TR,S1,T02,LDIAM,30,mm,30,30,mm,,BASELINE,INVESTIGATOR,,2014-01-31
    TR,S1,T02,LPERP,20,mm,20,20,mm,,BASELINE,INVESTIGATOR,,2014-01-31
    TR,S1,T01,LDIAM,,,,,,NOT DONE,WEEK 4,INVESTIGATOR,,2014-03-01
    TR,S1,T02,LPERP,TOO SMALL TO MEASURE,,TOO SMALL TO MEASURE,,,,WEEK 4,INVESTIGATOR,,2014-03-01
    TR,S1,T01,DIAMETER,12,mm,,,,,WEEK 4,INDEPENDENT ASSESSOR,RADIOLOGIST 1,2014-03-01
    TR,S1,T02,TUMSTATE,ABSENT,,ABSENT,,,,WEEK 4,INDEPENDENT ASSESSOR,RADIOLOGIST 1,2014-03-01
    TR,S1,T02,TUMSTATE,ABSENT,,ABSENT,,,,WEEK 4,INDEPENDENT ASSESSOR,RADIOLOGIST 1,2014-03-01
    TR,S1,,SUMDIAM,68,mm,68,68,mm,,BASELINE,INVESTIGATOR,,2014-01-31
    TR,S1,,SUMNLNLD,48,mm,48,48,mm,,BASELINE,INVESTIGATOR,,2014-01-31
    """
  static let rs = """
    DOMAIN,USUBJID,RSTESTCD,RSSTRESC,RSORRES,RSSTAT,RSEVAL,VISIT,RSDTC,RSDY
    RS,S1,OVRLRESP,NE,NE,,INVESTIGATOR,WEEK 4,2014-03-01,29
    RS,S1,TRGRESP,NE,NE,,INVESTIGATOR,WEEK 4,2014-03-01,29
    RS,S1,NEWLIND,N,N,,INVESTIGATOR,WEEK 4,2014-03-01,29
    RS,S1,NEWLPROG,EQUIVOCAL,EQUIVOCAL,,INVESTIGATOR,WEEK 4,2014-03-01,29
    RS,S2,OVRLRESP,,,NOT DONE,INVESTIGATOR,WEEK 4,,29
    RS,S2,OVRLRESP,,PD,,INVESTIGATOR,WEEK 8,,-1
    """

  private func whole() throws -> Importing {
    try Importing(["dm.csv": Self.dm, "tu.csv": Self.tu, "tr.csv": Self.tr, "rs.csv": Self.rs])
  }

  @Test("reads DM, TU, TR and RS")
  func domains() throws {
    let importing = try whole()
    let report = try importing.report()
    let dataset = try TrialDataset(path: report.path)
    #expect(
      try dataset.subjects() == [
        Subject(subject: "S1", arm: "Active", sex: "F", age: 61, firstDose: "2014-02-01"),
        Subject(subject: "S2", arm: "Active", sex: "M", age: 70),
      ])
    #expect(
      try dataset.lesions().map(\.lesion) == ["T01", "T02 (INVESTIGATOR)", "T02 (RADIOLOGIST 1)"])
    #expect(try dataset.lesions().map(\.isNodal) == [false, true, false])
    #expect(try dataset.lesions().map(\.role) == [.target, .target, .nonTarget])
    let measurements = try dataset.measurements()
    #expect(measurements.map(\.day) == [-1, 28, 28, -1, 28, 28])
    #expect(
      measurements.map { $0.diameter?.description } == ["48", nil, "12", "20", nil, nil])
    #expect(
      measurements.map(\.state)
        == [nil, .notEvaluable, nil, nil, .tooSmallToMeasure, .absent])
    #expect(
      measurements.map(\.evaluator) == [
        "INVESTIGATOR", "INVESTIGATOR", "RADIOLOGIST 1", "INVESTIGATOR", "INVESTIGATOR",
        "RADIOLOGIST 1",
      ])
    #expect(
      try dataset.assessments() == [
        Assessment(
          subject: "S1", day: -1, visit: "BASELINE", sumOfDiameters: Millimeters(68),
          evaluator: "INVESTIGATOR"),
        Assessment(
          subject: "S1", day: 28, visit: "WEEK 4", target: .recist(.notEvaluable), newLesion: false,
          overall: .recist(.notEvaluable), evaluator: "INVESTIGATOR"),
        Assessment(
          subject: "S2", day: -1, visit: "WEEK 8", overall: .recist(.progressiveDisease),
          evaluator: "INVESTIGATOR"),
        Assessment(
          subject: "S2", day: 28, visit: "WEEK 4", overall: .recist(.missing),
          evaluator: "INVESTIGATOR"),
      ])
    #expect(
      report.notes == [
        "for 1 subject day 0 is the reference start (RFSTDTC), as no first dose is given",
        "dm.csv: 1 screen failures were left out",
        "1 lesions are not the same to all readers: their names carry the reader",
        "TR: 1 records that repeat another were read once",
        "TR: left out SUMNLNLD (1 records)",
        "RS: left out NEWLPROG (1 records)",
      ])
  }

  @Test("without DM day 0 is the first assessment, or the day study days imply")
  func withoutDM() throws {
    let importing = try Importing(["tu.csv": Self.tu, "tr.csv": Self.tr])
    let report = try importing.report()
    let days = try TrialDataset(path: report.path).measurements().map(\.day)
    #expect(days == [0, 29, 29, 0, 29, 29])
    #expect(
      report.notes.first
        == "for 1 subject day 0 is the first tumor assessment, as there is no DM")
    let other = try Importing(["tu.csv": Self.tu, "tr.csv": Self.tr, "rs.csv": Self.rs])
    let implied = try other.report()
    #expect(
      try TrialDataset(path: implied.path).measurements().map(\.day) == [-1, 28, 28, -1, 28, 28])
    #expect(implied.notes.first == "for 1 subject day 0 was worked back from dates and study days")
  }

  @Test("origin names the date of day 0 in DM")
  func origin() throws {
    let dataset = try whole().dataset(options: ImportOptions(origin: "RFSTDTC"))
    #expect(try dataset.measurements().map(\.day) == [1, 30, 30, 1, 30, 30])
  }

  @Test(
    "refuses what cannot be right",
    arguments: [
      (
        Self.tr, "2014-03-01", "2014-03", 5,
        "tr.csv:6: TRDTC: found \"2014-03\", expected a complete date, or impute=first, middle or last"
      ),
      (Self.tr, "48,mm,,BASELINE", "48,mm,,BASELINE", 0, ""),
      (
        Self.tr, "T01,DIAMETER,12,mm", "T09,DIAMETER,12,mm", 1,
        "tr.csv:8: TRLNKID: found \"T09\", expected a lesion that TU identifies for this subject and reader"
      ),
      (
        Self.tr, "T01,DIAMETER,12,mm", "T01,DIAMETER,12,in", 1,
        "tr.csv:8: TRORRESU: found \"in\", expected mm or cm"
      ),
      (
        Self.tr, "T01,DIAMETER,12,mm", "T01,DIAMETER,-12,mm", 1,
        "tr.csv:8: TRORRES: found \"-12\", expected a length in millimeters between 0 and 1000000"
      ),
      (
        Self.tr, "TR,S1,T01,LDIAM,4.8,cm,4.8,4.8,cm,,BASELINE,INVESTIGATOR,,2014-01-31\n", "", 1,
        "tr.csv:2: TRTESTCD: found \"LPERP\", expected LDIAM beside it, as the lesion is no node"
      ),
      (
        Self.tr, "TR,S1,T02,LPERP,20,mm,20,20,mm,,BASELINE,INVESTIGATOR,,2014-01-31\n", "", 1,
        "tr.csv:4: TRTESTCD: found \"LDIAM\", expected LPERP beside it, as the lesion is a node"
      ),
      (
        Self.tr, "T01,LPERP,30,mm,30,30", "T01,LDIAM,30,mm,30,30", 1,
        "tr.csv:3: TRTESTCD: found a second, different result for the lesion, day and reader, expected one"
      ),
      (
        Self.tr, "TUMSTATE,ABSENT,,ABSENT", "TUMSTATE,GONE,,GONE", 2,
        "tr.csv:9: TRSTRESC: found \"GONE\", expected PRESENT, ABSENT, TOO SMALL TO MEASURE, NOT EVALUABLE, UNEQUIVOCAL PROGRESSION, EQUIVOCAL"
      ),
      (
        Self.tr, ",,NOT DONE,", ",,,", 1,
        "tr.csv:6: TRORRES: found nothing, expected a result, or NOT DONE in TRSTAT"
      ),
      (
        Self.tu, "NON-TARGET", "OTHER", 1,
        "tu.csv:5: TUSTRESC: found \"OTHER\", expected TARGET, NON-TARGET, NEW"
      ),
      (
        Self.tu, "LIVER,T01,INDEPENDENT ASSESSOR,RADIOLOGIST 1", "LUNG,T01,INVESTIGATOR,", 1,
        "tu.csv:4: TULNKID: found \"T01\", expected one role and one site for each lesion and reader"
      ),
      (
        Self.rs, ",29\nRS,S2,OVRLRESP,,PD", ",0\nRS,S2,OVRLRESP,,PD", 1,
        "rs.csv:6: RSDY: found \"0\", expected a study day: a whole number that is not 0"
      ),
      (
        Self.rs, "WEEK 8,,-1", "WEEK 8,,", 1,
        "rs.csv:7: RSDTC: found nothing, expected a date, or a study day in RSDY"
      ),
      (
        Self.rs, "OVRLRESP,NE,NE", "OVRLRESP,XX,NE", 1,
        "rs.csv:2: RSSTRESC: found \"XX\", expected a RECIST or iRECIST code such as CR, PR, SD, PD or NE"
      ),
      (
        Self.rs, "TRGRESP,NE,NE", "OVRLRESP,iUPD,NE", 1,
        "rs.csv:3: overall: found iUPD after NE, expected one value for each subject, day, reader and set of criteria; import one set"
      ),
      (Self.dm, "61,YEARS", "61,MONTHS", 1, "dm.csv:2: AGEU: found \"MONTHS\", expected YEARS"),
    ])
  func refuses(domain: String, old: String, new: String, count: Int, sentence: String) throws {
    func edited(_ text: String) -> String { text == domain ? text.replacing(old, with: new) : text }
    let importing = try Importing([
      "dm.csv": edited(Self.dm), "tu.csv": edited(Self.tu), "tr.csv": edited(Self.tr),
      "rs.csv": edited(Self.rs),
    ])
    if count == 0 { return }
    let problems = try importing.problems()
    #expect(problems.first == sentence)
    if domain == Self.dm { return }
    #expect(problems.count == count)
  }

  @Test("that one axis was not measured says nothing of the other")
  func axes() throws {
    let importing = try Importing([
      "tu.csv": Self.tu,
      "tr.csv": """
      DOMAIN,USUBJID,TRLNKID,TRTESTCD,TRORRES,TRORRESU,TRSTAT,TREVAL,TRDTC
      TR,S1,T02,LPERP,20,mm,,INVESTIGATOR,2014-01-31
      TR,S1,T02,LDIAM,,,NOT DONE,INVESTIGATOR,2014-01-31
      TR,S1,T01,LDIAM,0,,,INVESTIGATOR,2014-01-31
      """,
    ])
    let measurements = try importing.dataset().measurements()
    #expect(measurements.map(\.diameter) == [.zero, Millimeters(20)])
    #expect(measurements.map(\.state) == [nil, nil])
  }

  @Test("a length without its unit is refused")
  func noUnit() throws {
    let importing = try Importing([
      "tu.csv": Self.tu,
      "tr.csv": "DOMAIN,USUBJID,TRLNKID,TRTESTCD,TRORRES,TRORRESU,TREVAL,TRDTC\n"
        + "TR,S1,T01,LDIAM,12,,INVESTIGATOR,2014-01-31\n",
    ])
    #expect(
      try importing.problems() == ["tr.csv:2: TRORRESU: found nothing, expected mm or cm"])
  }

  @Test("where study days disagree about day 1, the earliest record counts")
  func studyDays() throws {
    let importing = try Importing([
      "rs.csv": """
      DOMAIN,USUBJID,RSTESTCD,RSSTRESC,RSDTC,RSDY
      RS,S1,OVRLRESP,PD,2014-03-08,35
      RS,S1,OVRLRESP,SD,2014-03-01,29
      RS,S2,OVRLRESP,SD,2014-03-01,29
      """
    ])
    let report = try importing.report()
    #expect(try TrialDataset(path: report.path).assessments().map(\.day) == [28, 35, 28])
    #expect(
      report.notes.dropLast() == [
        "for 2 subjects day 0 was worked back from dates and study days",
        "for 1 of them study days disagree with dates by up to 1 days: the earliest record counts",
      ])
  }

  @Test("a missing column of a domain is named")
  func missingColumn() throws {
    #expect(
      try Importing(["tr.csv": "DOMAIN,USUBJID,TRTESTCD,TRDTC\nTR,S1,LDIAM,2014-01-01\n"])
        .problems()
        .first
        == "tr.csv:1: TRLNKID: found no such column, expected it among \"DOMAIN\", \"USUBJID\", "
        + "\"TRTESTCD\", \"TRDTC\"")
  }

  @Test(
    arguments: [
      ("USUBJID,TUTESTCD\nS,x\n", CDISCDomain.tu), ("USUBJID,TRTESTCD\nS,x\n", .tr),
      ("USUBJID,RSTESTCD\nS,x\n", .rs), ("USUBJID,RFSTDTC\nS,x\n", .dm),
      ("USUBJID,DOMAIN\nS,RS\n", .rs), ("USUBJID,DOMAIN\nS,AE\n", nil), ("DOMAIN\nRS\n", nil),
    ] as [(String, CDISCDomain?)])
  func domain(text: String, domain: CDISCDomain?) throws {
    let folder = try TemporaryFolder()
    let file = SourceFile(path: try folder.write("x.csv", text), sizeLimitBytes: 1_000)
    let table = try #require(file.read(ProblemList(), choice: ColumnChoice()).first)
    #expect(CDISCDomain(of: table) == domain)
  }
}
