import PluginProtocol
import Rendering

/// gnuplot's SVG, made fit for readers: a title and a description, one font, and identifiers and
/// colors that suit where it stands.
///
/// gnuplot escapes what it writes between tags, so that every `<` begins a tag of its own; only
/// tags are changed here, never texts.
struct SVGPicture {
  private let source: String
  private let figure: ResultDocument.Figure
  private let page: Page

  init(_ picture: [UInt8], of figure: ResultDocument.Figure, on page: Page) {
    source = String(decoding: picture, as: UTF8.self)
    self.figure = figure
    self.page = page
  }

  /// A file of its own, on white.
  var standalone: String {
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      + rewritten(name: "figure", Colors(foreground: nil, muted: nil, faint: nil, page: nil)) + "\n"
  }

  /// Part of an HTML page, in the colors of its text.
  func inline(name: String) -> String {
    rewritten(
      name: name,
      Colors(
        foreground: "var(--ink)", muted: "var(--muted)", faint: "var(--faint)",
        page: "var(--page)"))
  }

  /// What stands for the inks of text and axes; nil keeps them.
  private struct Colors {
    let foreground: String?
    let muted: String?
    let faint: String?
    let page: String?

    var isInline: Bool { foreground != nil }
  }

  private func rewritten(name: String, _ colors: Colors) -> String {
    var output = opening(name)
    var rest = source[...]
    var isSkipping: Substring?
    var isInside = false
    while let start = rest.firstIndex(of: "<") {
      if isInside, isSkipping == nil { output += rest[..<start] }
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let tag = rest[start...end]
      rest = rest[rest.index(after: end)...]
      if let closing = isSkipping {
        if tag == closing { isSkipping = nil }
      } else if tag.hasPrefix("<svg") {
        isInside = true
      } else if tag == "<title>" || tag == "<desc>" {
        isSkipping = "</" + tag.dropFirst()
      } else if isInside, !isBackground(tag, colors) {
        output += tag.hasPrefix("</") ? String(tag) : changed(tag, name, colors)
      }
    }
    return output
  }

  private func opening(_ name: String) -> String {
    let size = "\(Int(page.width)) \(Int(page.height))"
    let description = figure.alternativeText ?? figure.title
    return """
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      width="\(Int(page.width))" height="\(Int(page.height))" viewBox="0 0 \(size)" role="img" \
      aria-labelledby="\(name)-title \(name)-desc">
      <title id="\(name)-title">\(figure.title.safe.markupEscaped)</title>
      <desc id="\(name)-desc">\(description.safe.markupEscaped)</desc>
      """
  }

  private func isBackground(_ tag: Substring, _ colors: Colors) -> Bool {
    colors.isInline && tag.hasPrefix("<rect x=\"0\" y=\"0\" width=")
  }

  private func changed(_ tag: Substring, _ name: String, _ colors: Colors) -> String {
    var tag = String(tag)
    tag.replace(" id='", with: " id='\(name)-")
    tag.replace(" id=\"", with: " id=\"\(name)-")
    tag.replace("xlink:href='#", with: "xlink:href='#\(name)-")
    for (from, to) in Self.fonts { tag.replace(from, with: to) }
    for (ink, color) in [
      (Ink.foreground.rgb, colors.foreground), (Ink.muted.rgb, colors.muted),
      (Ink.faint.rgb, colors.faint), (0xFFFFFF, colors.page),
    ] {
      guard let color else { continue }
      for spelling in Self.spellings(ink) { tag.replace(spelling, with: color) }
    }
    return tag
  }

  private static let fonts = [
    (
      "font-family=\"DejaVu Sans:Bold\"",
      "font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-weight=\"bold\""
    ),
    (
      "font-family=\"DejaVu Sans\"",
      "font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\""
    ),
  ]

  /// gnuplot writes colors with and without room for three digits.
  private static func spellings(_ rgb: UInt32) -> [String] {
    let parts = [rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255].map(String.init)
    let padded = parts.map { String(repeating: " ", count: 3 - $0.count) + $0 }
    return [
      "rgb(\(parts.joined(separator: ",")))", "rgb(\(padded.joined(separator: ", ")))",
    ]
  }
}

extension String {
  /// The text with everything markup would obey written as a reference.
  ///
  /// Scalar by scalar: with a combining mark behind it a `"` is another character to Swift, and
  /// still the end of an attribute to a browser.
  var markupEscaped: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
