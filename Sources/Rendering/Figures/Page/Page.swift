/// A figure on a page: everything at its place, in points from the upper left corner.
package struct Page {
  package struct Place: Hashable, Sendable {
    package var x: Double
    package var y: Double
  }

  /// A rectangle, by its left upper corner.
  package struct Area: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    func intersects(_ other: Area) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height
        && other.y < y + height
    }
  }

  package struct Text: Hashable, Sendable {
    package enum Anchor: Hashable, Sendable { case start, middle, end }

    package var place: Place
    package var text: String
    package var size = Page.smallText
    package var ink = Ink.foreground
    package var anchor = Anchor.start
    package var isBold = false
    /// Whether it reads from below upwards.
    package var isVertical = false

    var width: Double { TextWidth.of(text, size: size) }

    /// What it covers; a vertical one is never asked.
    var area: Area {
      let left =
        switch anchor {
        case .start: place.x
        case .middle: place.x - width / 2
        case .end: place.x - width
        }
      return Area(x: left, y: place.y - size * 0.6, width: width, height: size * 1.2)
    }
  }

  package struct Line: Hashable, Sendable {
    package var places: [Place]
    package var ink: Ink
    package var width: Double
    package var isDashed = false
  }

  package struct Dot: Hashable, Sendable {
    package var place: Place
    package var symbol: Symbol
    package var ink: Ink
    package var size: Double
    /// Whether it lies on a bar and is set off from it.
    package var hasHalo = false
  }

  /// A see-through shape between its corners.
  package struct Band: Hashable, Sendable {
    package var places: [Place]
    package var ink: Ink
  }

  package struct Box: Hashable, Sendable {
    package var area: Area
    package var ink: Ink
    package var isPale = false
  }

  static let smallText = 11.0
  static let text = 12.0
  static let titleText = 15.0
  static let margin = 16.0

  package var width: Double
  package var height: Double
  /// In the order they are drawn: grid, bands, boxes, lines, dots, texts.
  package var grid: [Line] = []
  package var bands: [Band] = []
  package var boxes: [Box] = []
  package var lines: [Line] = []
  package var dots: [Dot] = []
  package var texts: [Text] = []
}
