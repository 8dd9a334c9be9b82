import JSON
import PluginHost
import PluginProtocol
import Testing

@testable import Combination

/// What is said of a wrong definition: everything, each with its line.
struct DefinitionProblemTests {
  /// Problems as the host prints them: line, key path, message.
  private func problems(_ definition: String) -> [String] {
    let head = """
      id = "a"
      version = "1"
      protocol = 1
      summary = "A"
      engine = "combination"

      """
    let reader = ManifestReader(text: head + definition, file: "plugin.toml")
    guard let object = reader.manifest?.definition?.object else {
      return reader.problems.map { "\($0)" }
    }
    return TreatmentDefinition.read(object).diagnostics.map {
      "\(reader.line(ofKeyPath: $0.keyPath) ?? 0): \($0.keyPath): \($0.message)"
    }.sorted { Int($0.prefix { $0 != ":" }) ?? 0 < Int($1.prefix { $0 != ":" }) ?? 0 }
  }

  @Test func `every problem of a regimen is named with its line`() {
    #expect(
      problems(
        """
        [definition]
        kind = "regimen"
        title = "Weekly paclitaxel"
        desease = "breast cancer"
        line = 1
        cycle_days = 28
        cycles = "until death"

        [[definition.drug]]
        name = "paclitaxel"
        dose = -80
        unit = "mg/m²"
        route = "IV"
        days = [1, 8, 29, 8, 0]

        [[definition.drug]]
        name = "paclitaxel"
        dose = "AUC 5"
        unit = "AUC"
        route = "IV"

        [definition.lead_in]
        cycle_days = 56

        [[definition.lead_in.drug]]
        name = "pacitaxel"
        days = [57]

        [[definition.control]]
        name = "first"
        trial = "E2100"
        responders = 244
        patients = 243
        population = "measurable"
        assessor = "independant"
        median_pfs_months = 0

        [[definition.control]]
        name = "first"
        trial = "E2100"
        responders = 54
        patients = 243
        printed_percent = 25
        population = "measurable"
        assessor = "independent"
        scan_interval = "soon"
        not_evaluable = 200
        citation = "Gray 2009"
        unverified = ["respnders"]

        [[definition.constant]]
        name = "growth_rate"
        value = 0.00107
        unit = "1/d"

        [[definition.constant]]
        name = "growth_rat"
        value = 1
        unit = "1/d"
        basis = "assumed"
        source = "nobody"

        [[definition.constant]]
        name = "effect_half_life"
        value = 0
        unit = "weeks"
        basis = "assumed"
        source = "nobody"
        """) == [
          "6: definition.disease: missing; expected text",
          "9: definition.desease: no such key; did you mean \"disease\"?",
          "10: definition.line: a number, expected text",
          "12: definition.cycles: \"until death\", expected a number of cycles or"
            + " \"until progression\"",
          "16: definition.drug.0.dose: -80: a dose must be above 0",
          "17: definition.drug.0.unit: \"mg/m²\", expected one of mg/m2, mg/kg, mg, ug, AUC;"
            + " did you mean \"mg/m2\"?",
          "19: definition.drug.0.days.2: day 29 of a cycle of 28 days",
          "19: definition.drug.0.days.3: day 8 is named twice",
          "19: definition.drug.0.days.4: day 0; the first day of a cycle is day 1",
          "21: definition.drug.1.days: missing; expected a list of days of the cycle",
          "22: definition.drug.1.name: two drugs are called \"paclitaxel\"",
          "23: definition.drug.1.dose: a string, expected a number",
          "31: definition.lead_in.drug.0.name: \"pacitaxel\" is no drug of the regimen;"
            + " did you mean \"paclitaxel\"?",
          "32: definition.lead_in.drug.0.days.0: day 57 of a cycle of 56 days",
          "34: definition.control.0.citation: missing; expected text",
          "34: definition.control.0.primary: 2 analyses of E2100 and none says primary = true",
          "37: definition.control.0.responders: 244 responders of 243 patients",
          "40: definition.control.0.assessor: \"independant\", expected one of investigator,"
            + " independent, unstated; did you mean \"independent\"?",
          "41: definition.control.0.median_pfs_months: 0: a time must be above 0",
          "44: definition.control.1.name: two entries are called \"first\"",
          "48: definition.control.1.printed_percent: 25 % is not 54/243, which is 22.2222 %",
          "51: definition.control.1.scan_interval: \"soon\", expected a duration such as 56d or 8w",
          "52: definition.control.1.not_evaluable: 200 of 243 patients, 54 of whom responded",
          "54: definition.control.1.unverified.0: \"respnders\" is no key that can be unverified;"
            + " did you mean \"responders\"?",
          "56: definition.constant.0.basis: missing; expected one of published, calibrated, assumed",
          "56: definition.constant.0.source: missing; expected text",
          "62: definition.constant.1.name: \"growth_rat\" is no constant of the engine;"
            + " did you mean \"growth_rate\"?",
          "70: definition.constant.2.value: 0, expected a number above 0",
          "71: definition.constant.2.unit: \"weeks\", expected \"d\"",
        ])
  }

  @Test func `every problem of an agent is named with its line`() {
    #expect(
      problems(
        """
        [definition]
        kind = "immune-agent"
        title = "IMP321"
        cycle_days = 0
        cycles = 6
        dose_levels = [0.25, -1]
        unverified = ["cycle"]

        [[definition.monotherapy]]
        name = "alone"
        trial = "A"
        responders = 0
        patients = 9
        population = "all"
        assessor = "unstated"
        doses = [1, -2]
        citation = "A 2009"

        [definition.drug]
        name = "IMP321"
        dose = 30
        unit = "mg"
        route = "SC"
        days = []

        [[definition.combination]]
        name = "a"
        trial = "A"
        source = true
        regimen = "paclitaxel-breast"
        backbone = "paclitaxel"
        finding = "saw something"
        citation = "A 2010"
        assessor = "nobody"
        controls = ["54/243", "9/8"]
        hazard_ratio = [0.9, 1.1, 1.3]
        """) == [
          "9: definition.cycle_days: 0, expected 1 or more",
          "11: definition.dose_levels.1: -1: a dose must be above 0",
          "12: definition.unverified.0: \"cycle\" is no key that can be unverified; did you mean"
            + " \"cycles\"?",
          "21: definition.monotherapy.0.doses.1: -2: a dose must be above 0",
          "29: definition.drug.days: no day is named",
          "34: definition.combination.0.source: the source of a claim needs its responders and"
            + " patients",
          "39: definition.combination.0.assessor: \"nobody\", expected one of investigator,"
            + " independent, unstated",
          "40: definition.combination.0.controls.1: \"9/8\" is no count such as 54/243",
          "41: definition.combination.0.hazard_ratio: expected the ratio and its limits, such as"
            + " [0.93, 0.67, 1.30]",
        ])
  }

  @Test func `an empty list is as good as none`() {
    let shared = "title = \"A\"\ncycle_days = 28\ncycles = 6\n"
    #expect(
      problems(
        "[definition]\nkind = \"regimen\"\ndisease = \"B\"\nline = \"first\"\ndrug = []\n"
          + "control = []\n" + shared) == [
          "10: definition.drug: missing; expected at least one [[definition.drug]]",
          "11: definition.control: missing; expected at least one [[definition.control]]",
        ])
    #expect(
      problems(
        "[definition]\nkind = \"immune-agent\"\ndose_levels = [1]\nmonotherapy = []\n" + shared
          + "[definition.drug]\nname = \"A\"\ndose = 1\nunit = \"mg\"\nroute = \"SC\"\ndays = [2]\n"
      ) == [
        "9: definition.monotherapy: missing; expected at least one [[definition.monotherapy]]"
      ])
  }

  @Test(
    "a definition says what it is",
    arguments: [
      ("", "definition.kind: missing; expected \"regimen\" or \"immune-agent\""),
      ("kind = 3", "definition.kind: a number, expected text"),
      (
        "kind = \"regime\"",
        "definition.kind: \"regime\", expected \"regimen\" or \"immune-agent\"; did you mean"
          + " \"regimen\"?"
      ),
    ])
  func kinds(text: String, problem: String) {
    #expect(problems("[definition]\n" + text).map { String($0.drop { $0 != "d" }) } == [problem])
  }

  @Test("what is no table or list is said", arguments: ["drug = 3", "drug = [3]", "lead_in = 3"])
  func shapes(text: String) {
    let found = problems("[definition]\nkind = \"regimen\"\n" + text)
    #expect(found.contains { $0.hasPrefix("8: ") && $0.contains("a number, expected") }, "\(found)")
  }
}
