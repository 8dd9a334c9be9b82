import Rendering

/// Writes rich text (RTF 1.9), in which every text is escaped.
struct RichText {
  enum Style: String {
    case title = "\\sb0\\sa60\\b\\fs36"
    case heading = "\\sb360\\sa120\\keepn\\b\\fs28"
    case caption = "\\sb200\\sa60\\keepn\\b\\fs22"
    case strong = "\\sb60\\sa120\\b\\fs22"
    case body = "\\sb0\\sa60\\fs20"
    case small = "\\sb0\\sa60\\fs18"
  }

  /// Between the margins of an A4 page, in twentieths of a point.
  private static let textWidth = 9_866
  private static let characterWidth = 95

  private var body = ""

  var document: String {
    "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}\n"
      + "\\paperw11906\\paperh16838\\margl1020\\margr1020\\margt1020\\margb1020\n\(body)}\n"
  }

  mutating func paragraph(_ text: String, _ style: Style) {
    body += "{\\pard\(style.rawValue) \(Self.escaped(text))\\par}\n"
  }

  mutating func list(_ heading: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    paragraph(heading, .caption)
    for item in items {
      body += "{\\pard\\li360\\fi-240\\sa40\\fs18 \\bullet  \(Self.escaped(item))\\par}\n"
    }
  }

  mutating func table(_ table: ReportTable) {
    paragraph(table.caption, .caption)
    let ends = Self.columnEnds(table)
    row(table.columns.map(\.label), table, ends, isHead: true)
    for cells in table.rows { row(cells, table, ends, isHead: false) }
    body += "\\pard\\sa120\\par\n"
  }

  private mutating func row(
    _ cells: [String], _ table: ReportTable, _ ends: [Int], isHead: Bool
  ) {
    body += "\\trowd\\trgaph60" + (isHead ? "\\trhdr" : "") + "\n"
    for end in ends {
      body += "\\clbrdrb\\brdrs\\brdrw\(isHead ? 15 : 5)\\cellx\(end)"
    }
    body += "\n"
    for (column, cell) in zip(table.columns, cells) {
      let alignment = column.isNumber ? "\\qr" : "\\ql"
      let weight = isHead ? "\\b" : ""
      body += "{\\pard\\intbl\(alignment)\(weight)\\fs16 \(Self.escaped(cell))\\cell}\n"
    }
    body += "\\row\n"
  }

  /// Columns in proportion to their longest text, none of them vanishing.
  private static func columnEnds(_ table: ReportTable) -> [Int] {
    let widths = table.columns.indices.map { index in
      let cells = table.rows.map { $0[index].count } + [table.columns[index].label.count]
      return min(max(cells.max() ?? 0, 5), 40) * characterWidth + 120
    }
    let total = widths.reduce(0, +)
    let scale = min(1, Double(textWidth) / Double(max(total, 1)))
    var end = 0
    return widths.map { width in
      end += Int(Double(width) * scale)
      return end
    }
  }

  /// A PNG as wide as the text.
  mutating func picture(_ png: [UInt8]) {
    guard let size = Self.size(ofPNG: png) else { return }
    let height = Self.textWidth * size.height / max(size.width, 1)
    body += "{\\pard{\\pict\\pngblip\\picw\(size.width)\\pich\(size.height)"
    body += "\\picwgoal\(Self.textWidth)\\pichgoal\(height)\n"
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    hex.reserveCapacity(png.count * 2 + png.count / 64)
    for (index, byte) in png.enumerated() {
      if index % 64 == 0, index > 0 { hex.append(UInt8(ascii: "\n")) }
      hex.append(digits[Int(byte >> 4)])
      hex.append(digits[Int(byte & 15)])
    }
    body += String(decoding: hex, as: UTF8.self) + "}\\par}\n"
  }

  /// Width and height from the header every PNG begins with.
  private static func size(ofPNG png: [UInt8]) -> (width: Int, height: Int)? {
    guard png.count > 24, png[1] == UInt8(ascii: "P") else { return nil }
    func number(_ start: Int) -> Int { png[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }

  /// A text without anything rich text would obey: braces and backslashes marked, everything that
  /// is not ASCII as a number.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for unit in text.utf16 {
      switch unit {
      case 0x5C, 0x7B, 0x7D:
        escaped += "\\"
        escaped.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      case 0x20..<0x7F: escaped.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default: escaped += "\\u\(Int16(bitPattern: unit))?"
      }
    }
    return escaped
  }
}
