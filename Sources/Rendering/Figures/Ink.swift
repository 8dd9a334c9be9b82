/// What something is drawn with.
///
/// The colors are those of Okabe and Ito, which people with any of the common color vision
/// deficiencies tell apart, in an order in which neighbors also differ in gray print.
///
/// ## References
/// Okabe M, Ito K (2008). Color Universal Design. https://jfly.uni-koeln.de/color/
package enum Ink: Hashable, Sendable {
  /// The text and the axes.
  case foreground
  /// What explains: ticks, captions, reference lines.
  case muted
  /// The grid.
  case faint
  case color(Int)

  static let blue = Ink.color(0)
  static let orange = Ink.color(1)
  static let green = Ink.color(2)
  static let vermilion = Ink.color(3)
  static let purple = Ink.color(4)
  static let sky = Ink.color(5)
  static let yellow = Ink.color(6)
  static let gray = Ink.color(7)

  static let count = 8

  /// As 24 bits of red, green and blue.
  package var rgb: UInt32 {
    switch self {
    case .foreground: 0x1B1F24
    case .muted: 0x59636E
    case .faint: 0xDDE1E6
    case .color(let index): Self.colors[index % Self.count]
    }
  }

  private static let colors: [UInt32] = [
    0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xF0E442, 0x999999,
  ]

  /// One ink a group: best overall responses keep theirs in every figure.
  static func inks(of groups: [String]) -> [String: Ink] {
    var inks: [String: Ink] = [:]
    let taken = Set(groups.compactMap { response[$0] })
    var free = (0..<count).map(Ink.color).filter { !taken.contains($0) }[...]
    for (index, group) in groups.enumerated() {
      inks[group] = response[group] ?? free.popFirst() ?? .color(index % count)
    }
    return inks
  }

  /// By code, where iRECIST's have those of their rank, and a death in black.
  private static let response: [String: Ink] = [
    "CR": .green, "PR": .blue, "SD": .orange, "PD": .vermilion, "NE": .gray,
    "NON-CR/NON-PD": .yellow, "iCR": .green, "iPR": .blue, "iSD": .orange,
    "NON-iCR/NON-iUPD": .yellow, "iUPD": .vermilion, "iCPD": .purple, "death": .foreground,
  ]
}
