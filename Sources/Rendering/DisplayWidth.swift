extension Character {
  /// Columns of a terminal the character takes: 2 for East Asian wide ones and emoji, 0 for a
  /// mark on its own.
  ///
  /// ## References
  /// Unicode Standard Annex 11, East Asian Width (wide and fullwidth ranges).
  package var columns: Int {
    guard let first = unicodeScalars.first, first.value >= 0x300 else { return 1 }
    if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return Self.wide.contains { $0.contains(first.value) } ? 2 : 1
    }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}

extension StringProtocol {
  /// Columns of a terminal the text takes.
  package var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension String {
  /// The text filled up with spaces to a number of columns.
  package func padded(to width: Int, alignedRight: Bool = false) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - columns))
    return alignedRight ? space + self : self + space
  }

  /// The text broken into lines of at most `width` columns, at spaces, after hyphens inside words,
  /// and within a word only where nothing else helps.
  package func wrapped(to width: Int?) -> [String] {
    guard let width, width > 0, columns > width else { return [self] }
    var lines: [String] = []
    var line = ""
    for piece in unbreakablePieces {
      let separator = line.isEmpty || !piece.startsWord ? "" : " "
      if line.columns + separator.count + piece.text.columns <= width {
        line += separator + piece.text
        continue
      }
      if !line.isEmpty { lines.append(line) }
      var pieces = piece.text.cut(to: width)
      line = pieces.popLast() ?? ""
      lines += pieces
    }
    return lines + [line]
  }

  /// Columns of the longest part that is only broken where nothing else helps.
  var longestPiece: Int { unbreakablePieces.map(\.text.columns).max() ?? 0 }

  private var unbreakablePieces: [(text: Substring, startsWord: Bool)] {
    split(separator: " ").flatMap { word in
      var pieces: [(text: Substring, startsWord: Bool)] = []
      var start = word.startIndex
      for hyphen in word.indices where word[hyphen] == "-" && hyphen > start {
        let next = word.index(after: hyphen)
        guard next < word.endIndex, word[next].isLetter, word[word.index(before: hyphen)].isLetter
        else { continue }
        pieces.append((word[start..<next], start == word.startIndex))
        start = next
      }
      return pieces + [(word[start...], start == word.startIndex)]
    }
  }
}

extension Substring {
  /// Pieces of at most `width` columns; one character wider than that stands alone.
  fileprivate func cut(to width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in self {
      let columns = character.columns
      if used + columns > width, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += columns
    }
    return pieces + [piece]
  }
}
