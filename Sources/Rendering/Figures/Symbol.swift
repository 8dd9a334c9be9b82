/// The shape of a point: groups differ in shape as well as in color.
package enum Symbol: Int, Hashable, Sendable, CaseIterable {
  case disc, square, triangle, diamond, circle, cross
  /// A short stroke, for what is censored.
  case tick
  /// It goes on.
  case arrow

  /// gnuplot's number of the shape; nil where it is drawn as a text.
  package var gnuplotType: Int? {
    switch self {
    case .disc: 7
    case .square: 5
    case .triangle: 9
    case .diamond: 13
    case .circle: 6
    case .cross: 2
    case .tick: 1
    case .arrow: nil
    }
  }

  /// The shape on a terminal.
  package var character: Character {
    switch self {
    case .disc: "●"
    case .square: "■"
    case .triangle: "▲"
    case .diamond: "◆"
    case .circle: "○"
    case .cross: "×"
    case .tick: "+"
    case .arrow: "→"
    }
  }

  static func of(_ index: Int) -> Symbol { allCases[index % 6] }
}
