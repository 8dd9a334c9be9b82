import JSON
import PluginData
import PluginKit
import PluginProtocol
import PluginTesting
import Rendering
import Testing
import TrialData

@testable import Survival

struct TimesListingTests {
  private static let tables = [
    "subject.csv": """
    subject,arm,first_dose
    A,x,2014-02-01
    B,x,2014-03-01
    C,y,
    D,y,2014-04-01

    """,
    "assessment.csv": ResponseHistories.assessments,
    "event.csv": """
    subject,endpoint,day,occurred
    A,os,300,0
    B,os,250,1
    C,os,60,1
    A,new-therapy,100,1

    """,
  ]

  private static func run(
    _ given: [String: String], _ tables: [String: String] = tables
  ) async throws -> ResultDocument {
    let dataset = try ImportedDataset(tables: tables)
    let request = try plugin.request("derive-times", given, dataset: dataset.file)
    return try await Survival().run(request, context: .detached)
  }

  @Test func `the CSV of a listing is an ADTTE file`() async throws {
    let document = try await Self.run(["endpoint": "os,pfs,dor"])
    #expect(
      document.csv.replacing("\r\n", with: "\n") == """
        USUBJID,PARAMCD,PARAM,STARTDT,STARTDY,ADT,ADY,AVAL,AVALU,CNSR,EVNTDESC,CNSDTDSC
        A,DOR,Duration of response,2014-03-15,43,2014-04-26,85,43,DAYS,1,new therapy began before,\
        last evaluable assessment before
        A,PFS,Progression-free survival,2014-02-01,1,2014-04-26,85,85,DAYS,1,new therapy began \
        before,last evaluable assessment before
        A,OS,Overall survival,2014-02-01,1,2014-11-28,301,301,DAYS,1,alive at last contact,last day \
        known alive
        B,DOR,Duration of response,2014-04-12,43,2014-09-27,211,169,DAYS,0,progression,
        B,PFS,Progression-free survival,2014-03-01,1,2014-09-27,211,211,DAYS,0,progression,
        B,OS,Overall survival,2014-03-01,1,2014-11-06,251,251,DAYS,0,death,
        C,PFS,Progression-free survival,,1,,61,61,DAYS,0,death,
        C,OS,Overall survival,,1,,61,61,DAYS,0,death,
        D,PFS,Progression-free survival,2014-04-01,1,2014-04-01,1,1,DAYS,1,never evaluable,day 0
        D,OS,Overall survival,2014-04-01,1,2014-04-01,1,1,DAYS,1,nothing known,day 0

        """)
  }

  @Test(arguments: [[String: String](), ["new-therapy": "ignore", "death": "death"]])
  func `what is listed comes back by import as the times that were derived`(
    rules: [String: String]
  ) async throws {
    let listing = try await Self.run(rules)
    let copy = try ImportedDataset(tables: [
      "subject.csv": try #require(Self.tables["subject.csv"]), "adtte.csv": listing.csv,
    ])
    let events = try TrialDataset(path: copy.file.path).events()
    let dataset = try ImportedDataset(tables: Self.tables)
    var count = 0
    for endpoint in ["ttr", "dor", "pfs", "ttp", "os", "stabilization"] {
      let derived = try await dataset.derived(endpoint, rules)
      let code = endpoint == "stabilization" ? "stabil" : endpoint
      for event in events where event.endpoint == code {
        let row = try #require(derived[event.subject], "\(event)")
        #expect(event.day == row.day && event.occurred == row.occurred, "\(event)")
      }
      #expect(derived.count == events.count { $0.endpoint == code })
      count += derived.count
    }
    #expect(events.count == count && count > 15)
  }

  private static let refusals: [([String: String], String)] = [
    (
      ["endpoint": "pfs,pfs"],
      "endpoint=pfs,pfs: expected all, or different ones of ttr, dor, pfs, ttp, os, stabilization"
    ),
    (
      ["endpoint": "pfs,"],
      "endpoint=pfs,: expected all, or different ones of ttr, dor, pfs, ttp, os, stabilization"
    ),
    (
      ["from": "lesions"],
      "the data set test has no RECIST 1.1 assessments to derive times from"
    ),
    (
      ["endpoint": "dor", "where": "subject = C"],
      "none of the 1 patient of test has such a time"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be listed is refused`(given: [String: String], message: String) async throws {
    let refusal = await #expect(throws: Refusal.self) { try await Self.run(given) }
    #expect(refusal?.message == message)
  }
}

extension ImportedDataset {
  /// The times `survival` uses of an endpoint.
  fileprivate func derived(
    _ endpoint: String, _ rules: [String: String]
  ) async throws -> [String: EndpointRows.Row] {
    let given = rules.merging(["endpoint": "pfs", "from": "reported"]) { first, _ in first }
    let request = try plugin.request("survival", given, dataset: file)
    let dataset = try TrialDataset(path: file.path)
    return try EndpointTimes(
      Endpoint(endpoint), of: dataset.subjects(), in: dataset, named: "test",
      DerivationOptions(request.values)
    ).rows
  }
}
