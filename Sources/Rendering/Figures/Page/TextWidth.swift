/// How wide a text is in a sans-serif font, well enough to keep texts apart.
///
/// The figures are those of DejaVu Sans, which is wider than most: in another font there is more
/// air.
enum TextWidth {
  static func of(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + width($1) } * size
  }

  private static func width(_ character: Character) -> Double {
    if character.columns == 2 { return 1.05 }
    if character.columns == 0 { return 0 }
    switch character {
    case "i", "l", "j", "I", ".", ",", "'", "|", ":", ";", "!": return 0.34
    case " ", "f", "t", "r", "(", ")", "-", "/", "[", "]": return 0.4
    case "m", "w", "M", "W", "%", "@", "−", "→": return 0.9
    case "A"..."Z": return 0.71
    default: return 0.62
    }
  }

  /// A text that is too long, cut with an ellipsis.
  static func cut(_ text: String, to width: Double, size: Double) -> String {
    guard of(text, size: size) > width else { return text }
    var kept = text
    while !kept.isEmpty, of(kept + "…", size: size) > width { kept.removeLast() }
    return kept + "…"
  }

  /// Lines of at most a width, broken at spaces.
  static func wrap(_ text: String, to width: Double, size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if of(longer, size: size) <= width || line.isEmpty {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return (lines + (line.isEmpty ? [] : [line])).map { cut($0, to: width, size: size) }
  }
}
