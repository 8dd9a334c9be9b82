extension ResultDocument.Figure {
  /// How the series of a figure are to be read.
  ///
  /// Any text is accepted, so that a figure of a newer plugin still travels through an older
  /// daemon; a renderer says which kinds it draws.
  public struct Kind: RawRepresentable, Sendable, Codable, Hashable, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public init(stringLiteral value: String) { self.init(rawValue: value) }
  }
}

extension ResultDocument.Figure.Kind {
  /// One bar a patient, from the largest growth to the deepest shrinkage.
  ///
  /// `x` holds the patients as strings, `y` their changes; the series are the groups that are
  /// told apart, such as best overall responses. The renderer puts them in order.
  public static let waterfall: Self = "waterfall"
  /// One line a patient over time: a series each, `group` naming what is told apart.
  public static let spider: Self = "spider"
  /// One row a patient over time: `y` holds the patients as strings.
  ///
  /// Series of style `bars` run from `lower` to `upper`, those of style `points` mark what
  /// happened at `x`, those of style `arrows` say that it goes on after `x`. The labels of bars
  /// stand at the right edge.
  public static let swimmer: Self = "swimmer"
  /// Points, with the two axes' references cutting the picture in quadrants.
  public static let scatter: Self = "scatter"
  /// Single values and their box: median, quartiles, and whiskers to the last value within 1.5
  /// interquartile ranges.
  ///
  /// `x` holds the categories as strings, `y` the values, `labels` whose they are.
  public static let box: Self = "box"
  /// Lines, steps and single points over a common axis.
  ///
  /// Points of the group of a series of style `steps` mark who is censored on that curve.
  public static let curve: Self = "curve"
  /// One estimate a row with its interval: `y` holds the rows as strings, in their order.
  ///
  /// `x`, `lower` and `upper` are the estimates, `labels` what stands beside them, and `sizes`
  /// how many patients each rests on.
  public static let forest: Self = "forest"

  /// Every kind this version knows.
  public static let known: [Self] = [
    .waterfall, .spider, .swimmer, .scatter, .box, .curve, .forest,
  ]
}
