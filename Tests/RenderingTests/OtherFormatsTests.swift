import JSON
import PluginProtocol
import Rendering
import Testing

struct OtherFormatsTests {
  @Test func writesOneTableAsPlainCSV() {
    let document = ResultDocument.make(
      cells: [
        ["a,b", 0.1, 1e-300], ["say \"hi\"\nthere", "NaN", .null], ["", "-Inf", 30],
        [["events": 3, "total": 4], ["x"], true],
      ],
      .init("text", "Text"), .init("number", "Number", .number), .init("p,q", "p", .pValue))
    #expect(
      document.csv
        == "text,number,\"p,q\"\r\n\"a,b\",0.1,1e-300\r\n\"say \"\"hi\"\"\nthere\",NaN,\r\n"
        + "\"\",-Inf,30\r\n3/4,\"[\"\"x\"\"]\",true\r\n")
  }

  @Test func namesTheSectionsOfCSVWhereThereAreSeveral() {
    #expect(
      ResultDocument.responseRate.csv.split(separator: "\r\n", omittingEmptySubsequences: false)
        == """
        estimates
        name,label,group,value,unit,status,events,total,method,level,lower,upper
        objective-response-rate,Objective response rate,,0.5,proportion,,15,30,clopper-pearson,\
        0.95,0.3129704806526,0.6870295193474
        objective-response-rate,Objective response rate,,0.5,proportion,,15,30,wilson,\
        0.95,0.3315437,0.6684563

        tests
        name,method,alternative,versus,group,statistic,degrees_of_freedom,p_value,status
        objective-response-rate,exact-doubled,two-sided,25 %,,,,0.0064882144,
        objective-response-rate,score,two-sided,25 %,,3.16227766016838,,0.00156540225800255,
        objective-response-rate,chi-square,two-sided,61/243,,8.25,1,2.3e-07,

        """.split(separator: "\n", omittingEmptySubsequences: false))
  }

  @Test func writesNotesAsCSVWhereThereIsNothingElse() {
    let document = ResultDocument.make(notes: [Note(.info, "done", "Nothing to do, really")])
    #expect(document.csv == "severity,code,text\r\ninfo,done,\"Nothing to do, really\"\r\n")
    #expect(ResultDocument.make().csv.isEmpty)
  }

  @Test func writesMarkdown() {
    #expect(
      ResultDocument.responseRate.markdown == """
        ## Objective response rate

        **Primary.** Clopper-Pearson's interval with the doubled exact test

        | Estimate | Value | Interval |
        | :--- | :--- | :--- |
        | Objective response rate | 15/30 = 50.0 % | 95 % Clopper-Pearson 31.3 to 68.7 % |
        | Objective response rate | 15/30 = 50.0 % | 95 % Wilson 33.2 to 66.8 % |

        | Method | Versus | Alternative | Statistic | df | p |
        | :--- | :--- | :--- | ---: | ---: | ---: |
        | exact-doubled | 25 % | two-sided |  |  | 0.006488 |
        | score | 25 % | two-sided | 3.162 |  | 0.001565 |
        | chi-square | 61/243 | two-sided | 8.250 | 1 | 2.3e-07 |

        ### Method card

        - two-sided rule: twice the smaller tail (SAS)
        - analysis set: full

        ### Notes

        - **Caution.** 61/243 mixes two analyses of E2100.
        - 12w is 84 days.

        ### References

        - Clopper CJ, Pearson ES (1934). Biometrika 26:404-413.

        """)
  }

  @Test func escapesMarkdown() {
    let document = ResultDocument.make(
      tables: [
        .init(
          name: "t", title: "a_b", columns: [.init("c", "C|D")],
          rows: [["<b>*x*</b> [y](z) `q` \\ |"], ["two\nlines"]])
      ],
      notes: [Note(.info, "n", "first\nsecond")])
    #expect(
      document.markdown == """
        ## response-rate

        ### a\\_b

        | C\\|D |
        | :--- |
        | \\<b>\\*x\\*\\</b> \\[y\\](z) \\`q\\` \\\\ \\| |
        | two\\\\nlines |

        ### Notes

        - first<br>second

        """)
  }

  @Test func writesTheDocumentAsOneLineOfJSON() throws {
    let document = ResultDocument.make(
      cells: [["a\nb", 0.1]], .init("x", "X"), .init("y", "Y", .number))
    let line = try document.json
    #expect(line.filter { $0 == "\n" }.count == 1)
    #expect(line.hasPrefix("{\"analysis\":\"response-rate\",\"parameters\":{},\"estimates\":[]"))
    #expect(try JSONValue(parsing: line) == JSONValue(encoding: document))
  }
}
