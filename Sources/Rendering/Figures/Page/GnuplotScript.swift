/// A page as gnuplot's commands.
///
/// gnuplot is told where everything goes and decides nothing. Numbers travel as data blocks. Texts
/// travel as string literals in which every byte that is not an ASCII letter or a space is an
/// octal escape, so that there is nothing in them that gnuplot could obey.
package struct GnuplotScript {
  package enum Format: String, Sendable, CaseIterable {
    case svg, pdf, png
  }

  private let page: Page
  private let format: Format

  package init(_ page: Page, _ format: Format) {
    self.page = page
    self.format = format
  }

  /// The commands, which write the picture to standard output.
  package var text: String {
    let texts = page.texts.enumerated().map { index, text in label(text, number: index + 1) }
    let layers = layers
    let blocks = layers.enumerated().map { index, layer in
      "$data\(index) << END_OF_DATA\n\(layer.rows.joined(separator: "\n"))\nEND_OF_DATA"
    }
    let plots = layers.enumerated().map { index, layer in "$data\(index) \(layer.style) notitle" }
    // An invisible point, so that a page of texts alone is drawn too.
    let all = plots + ["$corner using 1:2 with dots lc rgb \"#FFFFFF\" notitle"]
    return
      (head + ["$corner << END_OF_DATA\n0 0\nEND_OF_DATA"] + blocks + texts + [
        "plot " + all.joined(separator: ", \\\n  ")
      ])
      .joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    let size: String
    let terminal: String
    switch format {
    case .svg:
      terminal = "svg"
      size = "\(Self.number(page.width)),\(Self.number(page.height))"
    case .png:
      // Twice as many pixels as points.
      terminal = "pngcairo"
      size = "\(Self.number(page.width * 2)),\(Self.number(page.height * 2))"
    case .pdf:
      terminal = "pdfcairo"
      size = "\(Self.number(page.width / 100))in,\(Self.number(page.height / 100))in"
    }
    return [
      "set encoding utf8",
      "set terminal \(terminal) size \(size) noenhanced \(options) background \"#FFFFFF\"",
      "unset key", "unset border", "unset tics", "set margins 0,0,0,0",
      "set xrange [0:\(Self.number(page.width))]", "set yrange [\(Self.number(page.height)):0]",
    ]
  }

  private var options: String {
    // Rounded, because Cairo lets the first corner of a thick line stick out.
    switch format {
    case .svg: "name \"figure\" font \"\(Self.font),11\""
    case .png:
      "font \"\(Self.font),11\" fontscale \(Self.number(Self.pngScale)) linewidth 2 pointscale 2"
        + " rounded"
    case .pdf:
      "font \"\(Self.font),11\" fontscale \(Self.number(Self.pdfScale)) linewidth 0.7 rounded"
    }
  }

  /// Cairo's points are 96ths of an inch at one pixel each.
  private static let pngScale = 1.5
  /// A page of 800 points is eight inches wide, 576 of PDF's points, and gnuplot draws letters for
  /// 100 points an inch where PDF has 72.
  private static let pdfScale = 0.72 * 0.72

  private static let font = "DejaVu Sans"

  private func label(_ text: Page.Text, number: Int) -> String {
    let anchor =
      switch text.anchor {
      case .start: "left"
      case .middle: "center"
      case .end: "right"
      }
    let font = Self.font + (text.isBold ? ":Bold" : "") + "," + Self.number(text.size)
    return
      "set label \(number) \(Self.literal(text.text)) at \(Self.place(text.place, ",")) \(anchor)"
      + (text.isVertical ? " rotate by 90" : "")
      + " noenhanced font \"\(font)\" textcolor rgb \"\(Self.color(text.ink))\" front"
  }

  // MARK: Layers

  private struct Layer {
    var style: String
    var rows: [String]
  }

  private var layers: [Layer] {
    lines(page.grid) + bands + boxes(arePale: true) + boxes(arePale: false) + lines(page.lines)
      + dots
  }

  private func boxes(arePale: Bool) -> [Layer] {
    let rows = page.boxes.filter { $0.isPale == arePale }.map { box in
      let area = box.area
      let numbers = [
        area.x + area.width / 2, area.y + area.height / 2, area.x, area.x + area.width, area.y,
        area.y + area.height,
      ]
      return numbers.map(Self.number).joined(separator: " ") + " \(box.ink.rgb)"
    }
    guard !rows.isEmpty else { return [] }
    let density = arePale ? "0.4" : "1"
    return [
      Layer(
        style: "using 1:2:3:4:5:6:7 with boxxyerror fs solid \(density) noborder lc rgb variable",
        rows: rows)
    ]
  }

  /// Where bands lie over each other both are seen.
  private var bands: [Layer] {
    let density = page.bands.count > 3 ? "0.08" : "0.15"
    return page.bands.map { band in
      Layer(
        style: "using 1:2 with filledcurves closed fs transparent solid \(density) noborder"
          + " lc rgb \"\(Self.color(band.ink))\"",
        rows: band.places.map { Self.place($0, " ") })
    }
  }

  /// Round ends reach into the gaps.
  private var dashes: String { format == .svg ? "(5,4)" : "(2,7)" }

  /// Lines that look alike are one layer, with an empty row between two.
  private func lines(_ lines: [Page.Line]) -> [Layer] {
    var layers: [Layer] = []
    for line in lines where line.places.count > 1 {
      let style =
        "using 1:2 with lines lw \(Self.number(line.width))\(line.isDashed ? " dt \(dashes)" : "")"
        + " lc rgb \"\(Self.color(line.ink))\""
      let rows = line.places.map { Self.place($0, " ") }
      if layers.last?.style == style {
        layers[layers.count - 1].rows += [""] + rows
      } else {
        layers.append(Layer(style: style, rows: rows))
      }
    }
    return layers
  }

  private var dots: [Layer] {
    var layers: [Layer] = []
    func add(_ dot: Page.Dot, size: Double, color: String) {
      guard let type = dot.symbol.gnuplotType else { return }
      let scale = format == .pdf ? 0.55 : 0.8
      let style =
        "using 1:2 with points pt \(type) ps \(Self.number(size * scale)) lw 1.25"
        + " lc rgb \"\(color)\""
      if layers.last?.style != style { layers.append(Layer(style: style, rows: [])) }
      layers[layers.count - 1].rows.append(Self.place(dot.place, " "))
    }
    for dot in page.dots where dot.hasHalo { add(dot, size: dot.size * 1.6, color: "#FFFFFF") }
    for dot in page.dots { add(dot, size: dot.size, color: Self.color(dot.ink)) }
    return layers
  }

  // MARK: Words

  private static func place(_ place: Page.Place, _ separator: String) -> String {
    number(place.x) + separator + number(place.y)
  }

  private static func number(_ number: Double) -> String {
    guard number.isFinite else { return "NaN" }
    let text = NumberText.fixed(number, decimals: 2)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }

  private static func color(_ ink: Ink) -> String {
    let digits = String(ink.rgb, radix: 16, uppercase: true)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// A text as a literal without anything that means something to gnuplot.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: " "):
        literal.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        // Digits too: gnuplot reads as many of them behind a backslash as there are.
        let octal = String(byte, radix: 8)
        literal += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return literal + "\""
  }
}
