import Foundation
import RECIST
import TOMLKit
import Testing

@testable import TrialData

struct MappingTests {
  private func mapping(_ toml: String) throws -> ColumnMapping {
    var mapping = try TOMLDecoder().decode(ColumnMapping.self, from: toml)
    mapping.name = "map.toml"
    return mapping
  }

  @Test("converts units of days, rounding to the nearest")
  func units() throws {
    let units = [
      ("days", "3", 3), ("weeks", "12", 84), ("weeks", "8.11904761904762", 57),
      ("months", "2.7597535934301", 84), ("months", "6", 183), ("years", "1", 365),
      ("study-day", "1", 0), ("study-day", "-1", -1), ("study-day", "85", 84), ("duration", "1", 0),
      ("date", "2014-03-01", 28),
    ]
    for (unit, text, day) in units {
      let importing = try Importing([
        "p.csv": "id,start\nS1,2014-02-01\n", "e.csv": "id,t\nS1,\(text)\n",
      ])
      let dataset = try importing.dataset(
        mapping: mapping(
          """
          [[rows]]
          file = "p.csv"
          table = "subject"
          columns = { subject = "id", first_dose = "start" }
          [[rows]]
          file = "e.csv"
          table = "event"
          [rows.columns]
          subject = "id"
          endpoint = { constant = "PFS" }
          day = { column = "t", unit = "\(unit)" }
          occurred = { constant = "1" }
          """))
      #expect(try dataset.events().map(\.day) == [day], "\(text) \(unit)")
      #expect(try dataset.events().map(\.endpoint) == ["pfs"])
    }
  }

  @Test("computes sizes from percent changes, exactly")
  func percentChange() throws {
    let importing = try Importing([
      "base.csv": "id,cm\nS1,4.8\nS2,\"3,05\"\nS3,1\n",
      "scan.csv": "id,week,change\nS1,8,-30\nS2,8,20\nS3,8,-100\nS3,16,NA\nS1,16,\"41,75\"\n",
    ])
    let mapping = try mapping(
      """
      [[rows]]
      file = "scan.csv"
      table = "assessment"
      skip_missing = ["sum_of_diameters"]
      [rows.columns]
      subject = "id"
      day = { column = "week", unit = "weeks" }
      sum_of_diameters = { column = "change", unit = "cm", percent_change_from = { file = "base.csv", match = "id", column = "cm" } }
      """)
    let report = try importing.report(mapping: mapping)
    let sums = try TrialDataset(path: report.path).assessments().map {
      $0.sumOfDiameters?.description
    }
    #expect(sums == ["33.6", "68.04", "36.6", "0"])
    #expect(
      report.notes.first
        == "scan.csv: 1 lines without sum_of_diameters gave no row of assessment")
  }

  @Test("maps values, with an empty text for missing")
  func values() throws {
    let importing = try Importing(["p.csv": "id,sex,resp\nS1,Female,CR/PR\nS2,Unknown,SD/PD\n"])
    let dataset = try importing.dataset(
      mapping: mapping(
        """
        [[rows]]
        file = "p.csv"
        table = "subject"
        columns = { subject = "id", sex = { column = "sex", values = { Female = "F", Unknown = "" } } }
        [[rows]]
        file = "p.csv"
        table = "event"
        [rows.columns]
        subject = "id"
        endpoint = { constant = "response" }
        occurred = { column = "resp", values = { "CR/PR" = "1", "SD/PD" = "0" } }
        """))
    #expect(try dataset.subjects().map(\.sex) == ["F", nil])
    #expect(try dataset.events().map(\.occurred) == [true, false])
    #expect(try dataset.about()["mapping.name"] == "map.toml")
  }

  @Test(
    "says what of a mapping does not fit",
    arguments: [
      (
        "subject = \"nobody\"",
        "map.toml: p.csv, subject.subject: found \"nobody\", expected a column of p.csv: \"id\", \"sex\", \"size\""
      ),
      (
        "subject = \"id\"\nheight = \"size\"",
        "map.toml: p.csv, subject: found \"height\", expected one of subject, arm, dose_level, dose_unit, cohort, sex, age, first_dose"
      ),
      (
        "sex = \"sex\"",
        "map.toml: p.csv, subject.subject: found nothing, expected a source for this column, which subject needs"
      ),
      (
        "subject = \"id\"\nage = { column = \"size\", unit = \"weeks\" }",
        "map.toml: p.csv, subject.age: found \"weeks\", expected a unit that fits the column"
      ),
      (
        "subject = \"id\"\nage = { constant = \"old\" }",
        "map.toml: p.csv, subject.age: found \"old\", expected a number that is not negative"
      ),
      (
        "subject = \"id\"\nage = { }",
        "map.toml: p.csv, subject.age: found neither, expected a column or a constant"
      ),
      (
        "subject = \"id\"\nage = { column = \"size\", constant = \"5\" }",
        "map.toml: p.csv, subject.age: found both, expected a column or a constant"
      ),
      (
        "subject = \"id\"\nsex = { column = \"sex\", values = { M = \"M\", F = \"F\" } }",
        "p.csv:2: sex: found \"Female\", expected \"F\", \"M\""
      ),
    ])
  func problems(columns: String, sentence: String) throws {
    let importing = try Importing(["p.csv": "id,sex,size\nS1,Female,12\n"])
    let mapping = try mapping(
      "[[rows]]\nfile = \"p.csv\"\ntable = \"subject\"\n[rows.columns]\n\(columns)\n")
    #expect(try importing.problems(mapping: mapping) == [sentence])
  }

  @Test("says which sizes and files a mapping misses")
  func missingSizes() throws {
    let importing = try Importing([
      "base.csv": "id,size\nS1,48\nS1,49\nS3,x\n",
      "scan.csv": "id,day,change\nS1,8,-130\nS2,8,20\n",
    ])
    let toml = """
      [[rows]]
      file = "scan.csv"
      table = "assessment"
      [rows.columns]
      subject = "id"
      day = "day"
      sum_of_diameters = { column = "change", percent_change_from = { file = "base.csv", match = "id", column = "size" } }
      """
    #expect(
      try importing.problems(mapping: mapping(toml)) == [
        "base.csv:3: id: found \"S1\", expected one size for each id",
        "base.csv:4: size: found \"x\", expected a number of mm",
      ])
    let other = try Importing([
      "base.csv": "id,size\nS1,48\n", "scan.csv": "id,day,change\nS1,8,-130\nS2,8,20\n",
    ])
    #expect(
      try other.problems(mapping: mapping(toml)) == [
        "scan.csv:2: change: found \"-130\", expected a percent change of at least -100",
        "scan.csv:3: id: found \"S2\", expected a row with a size in base.csv",
      ])
    #expect(
      try other.problems(
        mapping: mapping(
          toml.replacing("base.csv", with: "none.csv")
            + "\n[[rows]]\nfile = \"gone.csv\"\ntable = \"event\"\ncolumns = {}\n")
      ).first == "map.toml: file: found \"gone.csv\", expected the name of an imported file")
  }

  @Test("imports INSPIRE by the example mapping")
  func inspire() throws {
    let path = try SharedData.path("inspire")
    let text = try String(
      contentsOfFile: SharedData.repository("config/examples/inspire.map.toml"), encoding: .utf8)
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      ["\(path)/inspire_subjects.csv", "\(path)/inspire_tumor_change.csv"], mapping: mapping(text),
      into: output.path)
    let dataset = try TrialDataset(path: report.path)
    #expect(try dataset.subjects().count == 94)
    let events = try dataset.events()
    #expect(events.count(where: { $0.endpoint == "response" && $0.occurred }) == 16)
    #expect(events.count(where: { $0.endpoint == "pfs" && $0.occurred }) == 82)
    #expect(events.count(where: { $0.endpoint == "os" && $0.occurred }) == 64)
    let sums = try dataset.assessments().filter { $0.subject == "INS-A-003" }
    #expect(sums.map(\.day) == [0, 43])
    // 108 mm and 41.7 % more.
    #expect(sums.map { $0.sumOfDiameters?.description } == ["108", "153.036"])
    #expect(events.first { $0.subject == "INS-A-002" && $0.endpoint == "pfs" }?.day == 84)
    #expect(report.notes.count == 1)
  }
}
