internal import Glibc
import JSON
import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// The pictures of a split, as data.
struct SplitFigures {
  let cohort: Cohort
  let split: CohortSplit

  /// More marks than this are one smear, and a document of megabytes.
  private static let mostMarks = 2000

  var figures: [ResultDocument.Figure] {
    cohort.series.count > Self.mostMarks ? [boxes] : [scatter, waterfall, spider, boxes]
  }

  private static func change(_ logRatio: Double) -> JSONValue { .number(100 * expm1(logRatio)) }

  /// Early against late change; the axes at zero make the four quadrants.
  private var scatter: ResultDocument.Figure {
    let hidden = split.subjects.count - split.contributors.count
    let series = SubjectSplit.Category.allCases.compactMap { category in
      let members = split.contributors.filter { $0.category == category }
      return members.isEmpty
        ? nil
        : ResultDocument.Series(
          name: category.rawValue, label: category.label,
          x: members.map { $0.early.map(Self.change) ?? .null },
          y: members.map { $0.late.map(Self.change) ?? .null })
    }
    return .init(
      name: "early-late", kind: "scatter", title: "Early against late change of tumor size",
      axes: [
        .init(name: "x", label: "Early change", unit: "%"),
        .init(name: "y", label: "Late change", unit: "%"),
      ], series: series,
      references: [
        .init(axis: "x", value: 0, label: "no early change"),
        .init(axis: "y", value: 0, label: "no late change"),
      ],
      alternativeText: "Scatter of \(split.contributors.count) patients by early and late change of"
        + " tumor size; \(split.shrinking) lie below zero, where tumors still shrink late.",
      caption: hidden == 0
        ? nil
        : "\(hidden) of \(split.subjects.count) patients have no late change and are not shown.",
      quadrants: [
        "shrank, then grew", "grew early and late", "shrank early and late", "grew, then shrank",
      ])
  }

  private var waterfall: ResultDocument.Figure {
    let groups: [(name: String, label: String, members: [SubjectSplit])] = [
      ("contributing", "in the late window", split.contributors),
      ("others", "not in the late window", split.subjects.filter { !$0.isComplete }),
    ]
    let series = groups.compactMap { group -> ResultDocument.Series? in
      let bars = group.members.compactMap { member in
        member.series.depthOfResponse.map { (member.series.subject.subject, -100 * $0) }
      }
      return bars.isEmpty
        ? nil
        : .init(
          name: group.name, label: group.label, x: bars.map { .string($0.0) },
          y: bars.map { .number($0.1) })
    }
    return .init(
      name: "waterfall", kind: "waterfall", title: "Best change of tumor size from baseline",
      axes: [
        .init(name: "x", label: "Patient"),
        .init(name: "y", label: "Best change from baseline", unit: "%"),
      ], series: series, references: Self.responseLines,
      alternativeText:
        "Waterfall of the best change of \(series.map(\.x.count).reduce(0, +)) patients"
        + " up to progression, by whether they are in the late window.")
  }

  private static let responseLines: [ResultDocument.ReferenceLine] = [
    .init(axis: "y", value: 20, label: "+20 %"), .init(axis: "y", value: -30, label: "−30 %"),
  ]

  private var spider: ResultDocument.Figure {
    // The order of groups gives their colors, which are those of the waterfall.
    let members = split.contributors + split.subjects.filter { !$0.isComplete }
    let lines = members.compactMap { member -> ResultDocument.Series? in
      guard let baseline = member.series.baseline, baseline > .zero else { return nil }
      let points = member.series.measured.compactMap { scan in
        scan.sum.map { (scan.day, 100 * ($0.value / baseline.value - 1)) }
      }
      return points.isEmpty
        ? nil
        : .init(
          name: member.series.subject.subject, label: member.series.subject.subject,
          x: [.integer(0)] + points.map { .integer(Int64($0.0)) },
          y: [.number(0)] + points.map { .number($0.1) },
          group: member.isComplete ? "in the late window" : "not in the late window")
    }
    let cuts = split.plan.boundaries.map {
      ResultDocument.ReferenceLine(axis: "x", value: $0, label: "day \(dayText($0))")
    }
    return .init(
      name: "spider", kind: "spider", title: "Tumor size over time, patient by patient",
      axes: [
        .init(name: "x", label: "Time from first dose", unit: "days"),
        .init(name: "y", label: "Change from baseline", unit: "%"),
      ], series: lines, references: Self.responseLines + cuts,
      alternativeText:
        "Tumor size over time, one line for each of \(lines.count) patients, with the"
        + " ends of the windows marked.")
  }

  private var boxes: ResultDocument.Figure {
    let series = split.plan.boundaries.indices.map { index -> ResultDocument.Series in
      let start = index == 0 ? 0 : split.plan.boundaries[index - 1]
      let name = "day \(dayText(start)) to \(dayText(split.plan.boundaries[index]))"
      let members = split.subjects.filter { $0.changes[index] != nil }.prefix(Self.mostMarks)
      return .init(
        name: "window-\(index + 1)", label: name, x: members.map { _ in .string(name) },
        y: members.map { $0.changes[index].map(Self.change) ?? .null },
        labels: members.map(\.series.subject.subject))
    }
    return .init(
      name: "windows", kind: "box", title: "Change of tumor size, window by window",
      axes: [
        .init(name: "x", label: "Window"), .init(name: "y", label: "Change of size", unit: "%"),
      ], series: series, references: [.init(axis: "y", value: 0, label: "no change")],
      alternativeText: "Box plots of the change of tumor size in \(series.count) windows.")
  }
}
