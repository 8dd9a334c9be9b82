import JSON
import Testing

@testable import TrialData

struct DatasetJSONTests {
  @Test("what is written reads back the same", arguments: [DatasetJSONWriter.Form.object, .lines])
  func roundTrip(form: DatasetJSONWriter.Form) throws {
    let bytes = DatasetJSONFile.bytes(form)
    let file = try DatasetJSONFile(bytes)
    #expect(file.header == DatasetJSONFile.header)
    #expect(file.rows == DatasetJSONFile.rows)
    for size in [1, 2, 3, 7, 64] { #expect(try DatasetJSONFile(bytes, cutEvery: size) == file) }
    #expect(DatasetJSONFile.bytes(form) == bytes)
  }

  @Test("the object is JSON that any parser reads, with what version 1.1 demands")
  func members() throws {
    let json = try JSONValue(parsing: DatasetJSONFile.bytes())
    #expect(json["datasetJSONVersion"] == "1.1.0")
    #expect(json["records"] == 3)
    #expect(json["columns"]?.array?[3]["targetDataType"] == "integer")
    #expect(json["rows"]?.array?.count == 3)
  }

  @Test("rows may stand before what describes them, and a byte order mark before all")
  func order() throws {
    let json = try #require(try JSONValue(parsing: DatasetJSONFile.bytes()).object)
    let rows = json.members.filter { $0.key == "rows" }
    let rest = json.members.filter { $0.key != "rows" }
    let turned = JSONValue.object(JSONObject((rows + rest).map { ($0.key, $0.value) })).text
    let file = try DatasetJSONFile(Array("\u{FEFF} \(turned)\n".utf8))
    #expect(try file == DatasetJSONFile(DatasetJSONFile.bytes()))
  }

  @Test(
    "a file cut off anywhere is refused, with the place",
    arguments: [DatasetJSONWriter.Form.object, .lines])
  func truncated(form: DatasetJSONWriter.Form) throws {
    let bytes = DatasetJSONFile.bytes(form)
    let end = bytes.lastIndex { !DatasetJSONReader.isSpace($0) } ?? 0
    for count in 0...end {
      let problem = #expect(throws: DatasetJSONProblem.self) {
        try DatasetJSONFile(Array(bytes.prefix(count)))
      }
      #expect(problem?.offset == count)
    }
  }

  @Test(
    "a flipped bit is refused where it stands, or changes one value or name",
    arguments: [DatasetJSONWriter.Form.object, .lines])
  func flipped(form: DatasetJSONWriter.Form) throws {
    let bytes = DatasetJSONFile.bytes(form)
    let whole = try DatasetJSONFile(bytes)
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        do {
          let file = try DatasetJSONFile(changed)
          #expect(file.rows.count == whole.rows.count)
          let values = zip(file.rows, whole.rows).reduce(0) { count, pair in
            count + zip(pair.0, pair.1).count { $0 != $1 }
              + abs(pair.0.count - pair.1.count)
          }
          #expect(values == 0 || file.header == whole.header)
        } catch let problem as DatasetJSONProblem {
          #expect((0...bytes.count).contains(problem.offset))
        }
      }
    }
  }

  private static let columns = """
    "columns":[{"itemOID":"a","name":"USUBJID","label":"s","dataType":"string"}]
    """
  private static func file(
    version: String = "1.1.0", records: String = "1", columns: String = columns,
    rows: String = "[[\"S1\"]]"
  ) -> String {
    """
    {"datasetJSONCreationDateTime":"2024-01-01T00:00:00","datasetJSONVersion":"\(version)",\
    "itemGroupOID":"IG.X","records":\(records),"name":"X","label":"x",\(columns),"rows":\(rows)}
    """
  }

  @Test(
    "says what is wrong, and where",
    arguments: [
      (file(version: "1.0.0"), "byte 54: found version \"1.0.0\", expected version 1.1"),
      (file(records: "2"), "byte 233: found 1 rows, expected 2, as \"records\" says"),
      (file(records: "-1"), "byte 105: found records with a number, expected the number of rows"),
      (
        file(rows: "[[\"S1\"] [\"S2\"]]"),
        "byte 232 (row 2): found \"[\", expected \",\" or \"]\" after a row"
      ),
      (file(rows: "[\"S1\"]"), "byte 225 (row 1): found \"\"\", expected \"[\", as a row begins"),
      (file(rows: "[[NaN]]"), "byte 226 (row 1): found NaN, expected a number, a string or null"),
      (
        file(columns: columns.replacing("string", with: "text")),
        "byte 195: found dataType with a string, expected one of string, integer, decimal, float, "
          + "double, date, datetime, time, boolean, URI"
      ),
      (file() + "[", "byte 233: found \"[\", expected the end of the file"),
      ("[1]", "byte 1: found \"[\", expected \"{\", as Dataset-JSON begins"),
      ("{}", "byte 2: found no datasetJSONVersion, expected a string"),
      ("", "byte 1: found the end of the file, expected a whole Dataset-JSON object"),
    ])
  func sentences(text: String, sentence: String) {
    let problem = #expect(throws: DatasetJSONProblem.self) {
      try DatasetJSONFile(Array(text.utf8))
    }
    #expect(problem?.description == sentence)
  }

  @Test("imports, numbers exact, values of the wrong type named by row and column")
  func imports() throws {
    let text = """
      {"datasetJSONCreationDateTime":"2024-01-01T00:00:00","datasetJSONVersion":"1.1.0",\
      "itemGroupOID":"IG","records":3,"name":"MARKER","label":"m","columns":[\
      {"itemOID":"a","name":"subject","label":"","dataType":"string"},\
      {"itemOID":"b","name":"day","label":"","dataType":"integer"},\
      {"itemOID":"c","name":"marker","label":"","dataType":"string"},\
      {"itemOID":"d","name":"value","label":"","dataType":"decimal"}]}
      ["S1",0,"CD8","0.1"]
      ["S1",1,"CD8",null]
      ["S1",2,"CD8","1e300"]
      """
    let dataset = try Importing(["x.ndjson": text]).dataset()
    #expect(try dataset.markers().map(\.value) == [0.1, nil, 1e300])
    let wrong = text.replacing("1,\"CD8\",null", with: "true,\"CD8\",0.5")
      .replacing(",\"1e300\"", with: "")
    #expect(
      try Importing(["x.ndjson": wrong]).problems().prefix(3) == [
        "x.ndjson:2: day: found true, expected a whole number",
        "x.ndjson:2: value: found 0.5, expected a number in a string, as the data type decimal is",
        "x.ndjson:3: found 3 fields, expected 4 as in the header",
      ])
  }
}
