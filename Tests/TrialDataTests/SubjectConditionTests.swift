import GRDB
import Testing

@testable import TrialData

struct SubjectConditionTests {
  private static let ada = Subject(
    subject: "S1", arm: "A", doseLevel: 1.25, doseUnit: "mg", cohort: "dose 1", sex: "F", age: 65,
    firstDose: "2014-02-28")
  private static let unknown = Subject(subject: "S2")

  @Test(
    arguments: [
      ("age >= 65", true), ("age > 65", false), ("age<65.5", true), ("AGE = 65.0", true),
      ("age != 65", false), ("age <> 64", true), ("age == 65", true), ("age <= 6.4e1", false),
      ("sex = F", true), ("sex=f", false), ("sex != 'M'", true), ("arm in (B, A)", true),
      ("arm not in (B, 'A')", false), ("cohort = 'dose 1'", true), ("cohort = \"dose 1\"", true),
      ("cohort = 'it''s'", false), ("dose_level in (1.25, 6.25)", true),
      ("first_dose < 2014-03-01", true), ("first_dose >= '2014-03-01'", false),
      ("subject = S1", true), ("dose_unit = mg", true), ("age is missing", false),
      ("age is not missing", true), ("not age is missing", true),
      ("age >= 65 and sex = M or arm = A", true), ("age >= 65 and (sex = M or arm = B)", false),
      ("arm = A or age >= 65 and sex = M", true), ("not sex = M and arm = A", true),
      ("not (sex = M or arm = A)", false), ("NOT NOT sex = F", true), ("(((sex=F)))", true),
    ])
  func matches(_ text: String, _ matches: Bool) throws {
    #expect(try SubjectCondition(text).matches(Self.ada) == matches)
  }

  @Test(
    arguments: [
      ("age >= 65", nil), ("age != 65", nil), ("not age = 65", nil), ("sex in (F)", nil),
      ("sex not in (F)", nil), ("first_dose < 2014-03-01", nil), ("age is missing", true),
      ("age is not missing", false), ("age = 1 and subject = S2", nil),
      ("age = 1 and subject = S1", false), ("age = 1 or subject = S2", true),
      ("age = 1 or subject = S1", nil), ("age is missing or age > 60", true),
    ] as [(String, Bool?)])
  func missingNeverMatches(_ text: String, _ matches: Bool?) throws {
    #expect(try SubjectCondition(text).matches(Self.unknown) == matches)
  }

  @Test(
    arguments: [
      ("", "the condition is empty", 0..<0), ("  ", "the condition is empty", 0..<0),
      ("aeg > 3", "there is no column \"aeg\"; did you mean age?", 0..<3),
      ("doselevel = 1", "there is no column \"doselevel\"; did you mean dose_level?", 0..<9),
      (
        "weight > 3",
        "there is no column \"weight\": expected one of subject, arm, cohort, sex, age, "
          + "dose_level, dose_unit, first_dose", 0..<6
      ),
      (
        "age >= 65 adn sex = F", "found \"adn\", expected and, or, or the end", 10..<13
      ),
      ("age >= ", "found the end, expected a value", 7..<7),
      ("age", "found the end, expected a comparison such as = or >=, in, or is missing", 3..<3),
      ("age => 3", "found \"=>\", expected one of = != < <= > >=", 4..<6),
      ("(age > 3", "found the end, expected and, or, or \")\"", 8..<8),
      ("age > 3)", "found \")\", expected and, or, or the end", 7..<8),
      ("age in 3", "found \"3\", expected \"(\"", 7..<8),
      ("age in (3 4)", "found \"4\", expected a comma or \")\"", 10..<11),
      ("age is old", "found \"old\", expected missing, or not missing", 7..<10),
      ("age not 3", "found \"3\", expected in", 8..<9),
      ("age > old", "age is a number, and \"old\" is none", 6..<9),
      ("age > nan", "age is a number, and \"nan\" is none", 6..<9),
      ("arm > B", "arm is a text, of which none is less than another", 4..<5),
      ("sex = 'F", "the quote is never closed", 6..<8),
      ("first_dose < 28FEB2014", "\"28FEB2014\" is no date such as 2014-02-28", 13..<22),
      (
        "and",
        "there is no column \"and\": expected one of subject, arm, cohort, sex, age, "
          + "dose_level, dose_unit, first_dose", 0..<3
      ),
      ("= 3", "found \"=\", expected a column", 0..<1),
      (
        "é = 3 or age > ü",
        "there is no column \"é\": expected one of subject, arm, cohort, sex, "
          + "age, dose_level, dose_unit, first_dose", 0..<1
      ),
    ])
  func pointsAtWhatIsWrong(_ text: String, _ sentence: String, _ range: Range<Int>) throws {
    let problem = try #require(throws: ConditionProblem.self) { try SubjectCondition(text) }
    #expect(problem.description == sentence)
    #expect(problem.range == range)
  }

  @Test func drawsACaret() throws {
    let problem = try #require(throws: ConditionProblem.self) { try SubjectCondition("sex = F ad") }
    #expect(problem.pointer == "sex = F ad\n        ^^")
  }

  @Test func survivesWhatNobodyWrites() throws {
    let deep = String(repeating: "(", count: 200) + "age = 1" + String(repeating: ")", count: 200)
    let nested = try #require(throws: ConditionProblem.self) { try SubjectCondition(deep) }
    #expect(nested.description == "the condition is nested too deep")
    let chain = Array(repeating: "age = 1", count: 2_000).joined(separator: " or ")
    #expect(try SubjectCondition(chain).matches(Self.ada) == false)
    let long = Array(repeating: "age = 1", count: 3_000).joined(separator: " or ")
    let tooLong = try #require(throws: ConditionProblem.self) { try SubjectCondition(long) }
    #expect(tooLong.description == "the condition has more than ten thousand words")
  }

  @Test func selectsAndCountsWhatIsUnknown() throws {
    let condition = try SubjectCondition("age >= 65 or sex = female")
    let selected = condition.select(from: [Self.ada, Self.unknown])
    #expect(selected.matching == [Self.ada] && selected.unknown == [Self.unknown])
    #expect(condition.columns == [.sex, .age])
    let unused = condition.unusedTexts(among: [Self.ada, Self.unknown])
    #expect(unused.count == 1)
    #expect(unused.first?.column == .sex && unused.first?.text == "female")
    #expect(unused.first?.present == ["F"])
  }

  /// SQLite's WHERE has the same three values, and the conditions are its expressions.
  @Test func agreesWithSQL() throws {
    let subjects = Self.allKinds
    let queue = try DatabaseQueue()
    try queue.write { database in
      try database.execute(sql: "CREATE TABLE t (subject, arm, sex, age REAL, dose_level REAL)")
      for subject in subjects {
        try database.execute(
          sql: "INSERT INTO t VALUES (?, ?, ?, ?, ?)",
          arguments: [subject.subject, subject.arm, subject.sex, subject.age, subject.doseLevel])
      }
    }
    for (ours, sql) in Self.conditions {
      let condition = try SubjectCondition(ours)
      let wanted = try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT subject, (\(sql)) FROM t ORDER BY rowid")
      }
      for (subject, row) in zip(subjects, wanted) {
        #expect(
          condition.matches(subject) == (row[1] as Bool?), "\(ours) for \(subject.subject)")
      }
    }
  }

  /// Every combination of two values and a missing one in four columns.
  private static var allKinds: [Subject] {
    var subjects: [Subject] = []
    for arm in ["A", "B", nil] {
      for sex in ["F", "M", nil] {
        for age in [40, 65, nil] as [Double?] {
          for dose in [1, 2.5, nil] as [Double?] {
            subjects.append(
              Subject(
                subject: "S\(subjects.count)", arm: arm, doseLevel: dose, sex: sex, age: age))
          }
        }
      }
    }
    return subjects
  }

  /// Every pair of simple conditions under every connective, here and in SQL.
  private static var conditions: [(String, String)] {
    let simple = [
      ("age >= 65", "age >= 65"), ("age < 50.5", "age < 50.5"), ("arm = A", "arm = 'A'"),
      ("arm != A", "arm <> 'A'"), ("sex in (F, X)", "sex IN ('F', 'X')"),
      ("sex not in (F)", "sex NOT IN ('F')"), ("dose_level is missing", "dose_level IS NULL"),
      ("dose_level is not missing", "dose_level IS NOT NULL"), ("not age = 40", "NOT age = 40"),
    ]
    return simple.flatMap { left in
      simple.flatMap { right in
        [
          ("\(left.0) and \(right.0)", "\(left.1) AND \(right.1)"),
          ("\(left.0) or \(right.0)", "\(left.1) OR \(right.1)"),
          ("not (\(left.0) and \(right.0))", "NOT (\(left.1) AND \(right.1))"),
          ("not (\(left.0) or \(right.0))", "NOT (\(left.1) OR \(right.1))"),
          (
            "\(left.0) or \(right.0) and not \(left.0)",
            "\(left.1) OR \(right.1) AND NOT (\(left.1))"
          ),
        ]
      }
    }
  }
}
