import JSON
import PluginProtocol

/// One figure of every kind, with names that would mean something to whatever draws them.
enum SampleFigures {
  typealias Figure = ResultDocument.Figure

  /// What subject identifiers of real data sets hold, and worse.
  static let nastyNames = [
    "\"q' <b>&amp;", "`id` $(id)", "@mac {x} a_b^c", "%d %% \\n", "line\nbreak", "é − 患者",
    "</svg><script>alert(1)</script>", "a\u{1B}[31m", "\"\u{301} onload=\u{22}x",
  ]

  static let all: [Figure] = [waterfall, spider, swimmer, scatter, box, curve, survival, forest]

  static let waterfall = Figure(
    name: "waterfall", kind: .waterfall, title: "Best change of the sum of diameters",
    axes: [
      .init(name: "x", label: "Patients"),
      .init(name: "y", label: "Best change from baseline", unit: "%"),
    ],
    series: [
      changes("CR", [-100, -100], first: 0), changes("PR", [-64, -51, -45, -38, -33], first: 2),
      changes("SD", [-25, -20, -12, -4, 0, 8, 13], first: 7),
      changes("PD", [22, 35, 78], first: 14),
    ],
    references: [
      .init(axis: "y", value: -30, label: "−30 %: PR"),
      .init(axis: "y", value: 20, label: "+20 %: PD"),
    ],
    alternativeText: "Seven of 17 patients shrank by 30 % or more.",
    caption: "17 of 20 patients; three had no assessment after baseline.")

  private static func changes(
    _ group: String, _ values: [Double], first: Int
  ) -> ResultDocument.Series {
    ResultDocument.Series(
      name: group, label: group,
      x: values.indices.map { index in
        let number = first + index
        return .string(number < nastyNames.count ? nastyNames[number] : "P-\(100 + number)")
      }, y: values.map(JSONValue.number))
  }

  static let spider = Figure(
    name: "spider", kind: .spider, title: "Change of the sum of diameters over time",
    axes: [
      .init(name: "x", label: "Time from first dose", unit: "weeks"),
      .init(name: "y", label: "Change from baseline", unit: "%"),
    ],
    series: (0..<12).map { number in
      let times = (0...5).map { Double($0 * 6) }
      let speed = Double(number * 5 - 40) / 10
      let label = number < nastyNames.count ? nastyNames[number] : "P-\(number)"
      return ResultDocument.Series(
        name: "s\(number)", label: label, x: times.map(JSONValue.number),
        y: times.map { .number(max(-100, speed * $0 + Double(number) * $0 * $0 / 80)) },
        group: number < 4 ? "PR" : number < 9 ? "SD" : "PD")
    },
    references: [
      .init(axis: "y", value: -30, label: "−30 %"), .init(axis: "y", value: 20, label: "+20 %"),
    ])

  static let swimmer = Figure(
    name: "swimmer", kind: .swimmer, title: "Time on treatment",
    axes: [
      .init(name: "x", label: "Time from first dose", unit: "weeks"),
      .init(name: "y", label: ""),
    ],
    series: [
      .init(
        name: "PR", label: "PR", x: [0, 0, 0], y: names(0..<3), lower: [0, 0, 0],
        upper: [52, 44, 31], style: .bars),
      .init(
        name: "SD", label: "SD", x: [0, 0], y: names(3..<5), lower: [0, 0], upper: [24, 13],
        style: .bars),
      .init(
        name: "response", label: "First response", x: [8, 8, 16], y: names(0..<3), style: .points),
      .init(
        name: "progression", label: "Progression", x: [31, 13],
        y: [names(2..<3)[0], names(4..<5)[0]], style: .points),
      .init(name: "on", label: "Still on treatment", x: [52, 44], y: names(0..<2), style: .arrows),
    ])

  private static func names(_ range: Range<Int>) -> [JSONValue] {
    range.map { .string(nastyNames[$0]) }
  }

  static let scatter = Figure(
    name: "early-late", kind: .scatter, title: "Early against late change",
    axes: [
      .init(name: "x", label: "Log size change, weeks 0 to 12"),
      .init(name: "y", label: "Log size change, weeks 12 to 24"),
    ],
    series: ["Early and late", "Early only", "Late only", "Neither"].enumerated().map {
      group, label in
      let points = (0..<8).map { index in
        (
          Double((index * 7 + group * 3) % 10) / 10 * (group == 0 || group == 1 ? -1 : 0.5) - 0.02,
          Double((index * 3 + group * 5) % 10) / 10 * (group == 0 || group == 2 ? -0.6 : 0.4)
        )
      }
      return .init(
        name: "g\(group)", label: label, x: points.map { .number($0.0) },
        y: points.map { .number($0.1) },
        labels: points.indices.map { $0 == 0 ? nastyNames[group] : "" })
    },
    references: [.init(axis: "x", value: 0, label: ""), .init(axis: "y", value: 0, label: "")],
    quadrants: ["early only: 8", "neither: 8", "both: 8", "late only: 8"])

  static let box = Figure(
    name: "windows", kind: .box, title: "Change in each window",
    axes: [.init(name: "x", label: ""), .init(name: "y", label: "Log size change")],
    series: [
      .init(
        name: "all", label: "All",
        x: (0..<40).map { .string($0 < 20 ? "weeks 0-12" : "weeks 12-24 <b>") },
        y: (0..<40).map { .number(Double(($0 * 13) % 17) / 10 - ($0 < 20 ? 1.2 : 0.4)) })
    ],
    references: [.init(axis: "y", value: 0, label: "no change")])

  static let curve = Figure(
    name: "control-curve", kind: .curve, title: "15/30 responders: p against the control rate",
    axes: [
      .init(name: "x", label: "Control response rate", format: .percent),
      .init(name: "y", label: "p", scale: .logarithmic, format: .pValue),
    ],
    series: [
      .init(
        name: "known", label: "rate taken as known",
        x: (5...60).map { .number(Double($0) / 100) },
        y: (5...60).map { .number(min(1, 0.0000001 * Double($0 * $0 * $0 * $0))) }),
      .init(
        name: "published", label: "published arms", x: [0.222, 0.234, 0.212, 0.252, 0.389, 0.415],
        y: [0.001, 0.002, 0.0006, 0.004, 0.25, 0.41], labels: Array(nastyNames.prefix(6)),
        style: .points),
    ],
    references: [
      .init(axis: "y", value: 0.05, label: "p = 0.05"),
      .init(axis: "x", value: 0.25, label: "control 25 %"),
    ])

  static let survival = Figure(
    name: "survival", kind: .curve, title: "Progression-free survival",
    axes: [
      .init(name: "x", label: "Time", unit: "months", minimum: 0),
      .init(name: "y", label: "Free of progression", format: .percent, minimum: 0, maximum: 1),
    ],
    series: [
      .init(
        name: "a", label: "2 mg", x: [0, 2, 4, 7, 11], y: [1, 0.9, 0.7, 0.55, 0.5],
        lower: [1, 0.8, 0.5, 0.35, 0.3], upper: [1, 0.97, 0.85, 0.7, 0.66], style: .steps),
      .init(
        name: "b", label: "6 mg", x: [0, 1, 3, 6, 12], y: [1, 0.8, 0.6, 0.3, 0.2], style: .steps),
    ])

  static let forest = Figure(
    name: "forest", kind: .forest, title: "Objective response rate by dose level",
    axes: [
      .init(name: "x", label: "Objective response rate", format: .percent),
      .init(name: "y", label: ""),
    ],
    series: [
      .init(
        name: "groups", label: "Subgroups", x: [0.4, 0.5, 0.6],
        y: ["0.25 mg", "1.25 mg", "6.25 mg <i>"], lower: [0.12, 0.19, 0.26],
        upper: [0.74, 0.81, 0.88],
        labels: [
          "4/10 = 40.0 % (12.2 to 73.8)", "5/10 = 50.0 % (18.7 to 81.3)",
          "6/10 = 60.0 % (26.2 to 87.8)",
        ],
        sizes: [10, 10, 10]),
      .init(
        name: "all", label: "All", x: [0.5], y: ["All patients"], lower: [0.313], upper: [0.687],
        labels: ["15/30 = 50.0 % (31.3 to 68.7)"], sizes: [30]),
    ],
    references: [.init(axis: "x", value: 0.25, label: "control 25 %")])
}
