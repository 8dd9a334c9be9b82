import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

extension VirtualTrialsReport {
  var testTable: ResultDocument.ResultTable {
    .init(
      name: "tests",
      title: isWithoutEffect
        ? "Size of each test" : "Power of each test, if the effect is as assumed",
      columns: [
        .init("test", "Test", .text), .init("method", "Method", .text),
        .init("alternative", "Alternative", .text), .init("versus", "Against", .text),
        .init("positive", "Positive", .count), .init("share", "Share", .percent),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
      ],
      rows: tests.map { planned, rejected in
        let limits = limits(rejected, of: tally.replicates)
        return [
          .string(planned.label), .string(planned.method),
          .string(planned.alternative.rawValue), .string(planned.versus),
          .integer(Int64(rejected)), .number(Double(rejected) / Double(tally.replicates)),
          limits.map { .number($0.lower) } ?? .null, limits.map { .number($0.upper) } ?? .null,
        ]
      })
  }

  /// The share free of progression at each planned scan.
  var progressionTable: ResultDocument.ResultTable {
    let shares = arms.map(\.tally.progressionFreeShares)
    return .init(
      name: "progression-free", title: "Free of progression at planned scans",
      columns: [.init("day", "Day", .count)]
        + arms.map { .init($0.name, $0.label, .percent) },
      rows: settings.schedule.days.enumerated().map { scan, day in
        [.integer(Int64(day))] + shares.map { .number($0[scan]) }
      })
  }

  /// How responders are spread over trials.
  var responderTable: ResultDocument.ResultTable {
    let counts = Set(arms.flatMap(\.tally.trialsByResponders.keys)).sorted()
    return .init(
      name: "responders", title: "Trials by their number of responders",
      columns: [.init("responders", "Responders", .count)]
        + arms.flatMap { arm -> [ResultDocument.Column] in
          [
            .init(arm.name, arm.label, .count),
            .init("\(arm.name)-or-more", "So many or more", .percent),
          ]
        },
      rows: counts.map { responders in
        [.integer(Int64(responders))]
          + arms.flatMap { arm -> [JSONValue] in
            let trials = arm.tally.trialsByResponders
            let more = trials.reduce(0) { $1.key >= responders ? $0 + $1.value : $0 }
            return [
              .integer(Int64(trials[responders] ?? 0)),
              .number(Double(more) / Double(tally.replicates)),
            ]
          }
      })
  }

  var splitTable: ResultDocument.ResultTable? {
    guard let split = settings.split else { return nil }
    return .init(
      name: "temporal-split",
      title: "Temporal split at days \(split.earlyDay) and \(split.lateDay), all trials together",
      columns: [
        .init("arm", "Arm", .text), .init("contributors", "Contribute", .count),
        .init("share", "Still shrinking", .percent),
        .init("early", "Mean early change (log)", .number),
        .init("late", "Mean late change (log)", .number),
      ],
      rows: arms.map { name, _, arm in
        let changes = arm.split?.meanChanges
        return [
          .string(name), .integer(Int64(arm.split?.contributors ?? 0)),
          arm.split?.shrinkingShare.map { .number($0.value) } ?? .null,
          changes.map { .number($0.early) } ?? .null, changes.map { .number($0.late) } ?? .null,
        ]
      })
  }

  // MARK: Figure

  var progressionFigure: ResultDocument.Figure {
    .init(
      name: "progression-free", kind: .curve, title: "Free of progression, virtual trials",
      axes: [
        .init(name: "x", label: "Time from day 0", unit: "days", minimum: 0),
        .init(
          name: "y", label: "Free of progression", format: .percent, minimum: 0, maximum: 1),
      ],
      series: arms.map { name, label, arm in
        .init(
          name: name, label: label,
          x: [.number(0)] + settings.schedule.days.map { .number(Double($0)) },
          y: [.number(1)] + arm.progressionFreeShares.map { .number($0) }, style: .line)
      },
      references: [.init(axis: "y", value: 0.5, label: "50 %")],
      alternativeText: "Shares free of progression at planned scans. "
        + arms.map { name, _, arm in
          "\(name): \(percent(arm.progressionFreeShares.last ?? 1)) at the last scan"
        }.joined(separator: "; ") + ".",
      caption: "Progression is known at scans only; the lines between them are drawn.")
  }
}
