import Testing

@testable import Workbench

struct KeyLinesTests {
  private static let lines = KeyLines(
    """
    # comment = 1
    top = 1
    a.b = 2
    [[rows]]
    file = "x"
    [rows.columns]
    subject = "id"
      "quoted" = { column = "c", unit = "mm" }
    [[rows]]
    [rows.columns]
    day = "t"
    [ other . table ]
    key = 1
    """)

  @Test(
    arguments: [
      (["top"], 2), (["a", "b"], 3), (["rows", "0"], 4), (["rows", "0", "file"], 5),
      (["rows", "0", "columns"], 6), (["rows", "0", "columns", "subject"], 7),
      (["rows", "0", "columns", "quoted"], 8), (["rows", "0", "columns", "quoted", "unit"], 8),
      (["rows", "0", "missing"], 4), (["rows", "1"], 9), (["rows", "1", "columns", "day"], 11),
      (["rows", "1", "columns", "subject"], 10), (["other", "table", "key"], 13),
      (["nowhere"], nil), ([], nil), (["comment"], nil),
    ] as [([String], Int?)])
  func findsTheLine(_ path: [String], _ line: Int?) {
    #expect(Self.lines.line(of: path) == line)
  }
}
