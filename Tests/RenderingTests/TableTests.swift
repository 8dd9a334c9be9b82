import JSON
import PluginProtocol
import Rendering
import Testing

struct TableTests {
  private static let mixed = ResultDocument.make(
    cells: [
      ["日本", 12, 0.5, 0.25, 1, 0.012], [.null, .null, .null, .null, .null, .null],
      ["x", 1_234_567, "NaN", "-Inf", 1e-300, 61],
      [.bool(true), ["events": 0, "total": 9], -20.25, 1, 0.0001, "soon"],
    ],
    .init("site", "Site"), .init("n", "N", .count), .init("mean", "Mean", .number),
    .init("rate", "Rate", .percent), .init("p", "p", .pValue), .init("time", "Time", .duration))

  @Test func alignsNumbersRightAndTextLeft() {
    #expect(
      Self.mixed.text() == """
        response-rate

        Site        N    Mean     Rate       p       Time
        ----  -------  ------  -------  ------  ---------
        日本       12    0.50   25.0 %       1      12 ms
                   NA      NA       NA      NA         NA
        x     1234567     NaN     -Inf  1e-300  1 min 1 s
        yes       0/9  -20.25  100.0 %   1e-04       soon

        """)
  }

  @Test func writesRecordsWhenExpanded() {
    let document = ResultDocument.make(
      cells: [["p011", 30], ["a rather long name of a data set", 7]],
      .init("name", "Name"), .init("n", "Subjects", .count))
    #expect(
      document.text(TextStyle(expansion: .on)) == """
        response-rate

        -[ RECORD 1 ]------------------------------
        Name     | p011
        Subjects | 30
        -[ RECORD 2 ]------------------------------
        Name     | a rather long name of a data set
        Subjects | 7

        """)
    #expect(
      document.text(TextStyle(width: 30, expansion: .on)) == """
        response-rate

        -[ RECORD 1 ]-----------------
        Name     | p011
        Subjects | 30
        -[ RECORD 2 ]-----------------
        Name     | a rather long name
                 | of a data set
        Subjects | 7

        """)
  }

  @Test func writesRecordsWhereNoWrappingHelps() {
    let document = ResultDocument.make(
      cells: [["one two three", 123_456, 0.5]], .init("a", "Text"),
      .init("b", "p score", .number), .init("c", "Long heading", .percent))
    #expect(
      document.text(TextStyle(width: 23, expansion: .auto)) == """
        response-rate

        Text        p     Long
                score  heading
        -----  ------  -------
        one    123456   50.0 %
        two
        three

        """)
    #expect(
      document.text(TextStyle(width: 21, expansion: .auto)).hasPrefix(
        "response-rate\n\n-[ RECORD 1 ]"))
  }

  @Test func wrapsLongCellsAndKeepsNumbersWhole() {
    let document = ResultDocument.make(
      cells: [["one two three four five six seven", "0123456789abcdef", 123_456]],
      .init("a", "Text"), .init("b", "Word"), .init("c", "Count", .count))
    #expect(
      document.text(TextStyle(width: 36)) == """
        response-rate

        Text        Word               Count
        ----------  ----------------  ------
        one two     0123456789abcdef  123456
        three four
        five six
        seven

        """)
    #expect(
      document.text(TextStyle(width: 26)) == """
        response-rate

        Text      Word       Count
        --------  --------  ------
        one two   01234567  123456
        three     89abcdef
        four
        five six
        seven

        """)
  }

  @Test func saysWhenThereAreNoRows() {
    let document = ResultDocument.make(
      title: "Data sets",
      tables: [.init(name: "d", title: "Data sets", columns: [.init("name", "Name")])])
    let text = "Data sets\n\nName\n----\n(no rows)\n"
    #expect(document.text() == text)
    #expect(document.text(TextStyle(expansion: .on)) == text)
    #expect(document.csv == "name\r\n")
    #expect(document.markdown.hasSuffix("| Name |\n| :--- |\n"))
  }

  @Test func bearsRowsOfTheWrongLength() {
    let document = ResultDocument.make(
      cells: [["a"], ["b", 2, 3]], .init("x", "X"), .init("y", "Y", .count))
    #expect(document.text() == "response-rate\n\nX   Y\n-  --\na  NA\nb   2\n")
  }
}
