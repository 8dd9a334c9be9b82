/// The endpoints of a data set as ADTTE.
///
/// AVAL is in days and counts both ends, as CDISC has it: an event on the day that time starts has
/// AVAL 1. STARTDT is the first dose, from which a data set counts, ADT the day of the event or of
/// censoring, and ADY its study day; a time that starts at a response has none of them, as a data
/// set does not keep when that was. A reason for censoring is not kept either, and CNSR is 1.
///
/// ## References
///
/// - CDISC (2012). The ADaM Basic Data Structure for Time-to-Event Analyses, version 1.0.
struct ADaMTimes {
  private let events: [Event]
  private let subjects: [String: Subject]

  init(_ events: [Event], of subjects: [Subject]) {
    self.events = events.filter(Self.holds)
    self.subjects = Dictionary(subjects.map { ($0.subject, $0) }) { first, _ in first }
  }

  /// Whether an event is a time that ADTTE can hold: of at least one day.
  static func holds(_ event: Event) -> Bool { event.day.map { $0 >= 0 } ?? false }

  var table: ExportTable {
    ExportTable(
      name: "ADTTE", label: "Time-to-Event Analysis",
      columns: [
        ADaMLayout.subject, .init("PARAMCD", "Parameter Code", key: 2),
        .init("PARAM", "Parameter"), .init("STARTDT", "Time-to-Event Origin Date", .date),
        .init("ADT", "Analysis Date", .date), .init("ADY", "Analysis Relative Day", .whole),
        .init("AVAL", "Analysis Value", .whole), .init("AVALU", "Analysis Value Unit"),
        .init("CNSR", "Censor", .whole), .init("EVNTDESC", "Event or Censoring Description"),
        .init("CNSDTDSC", "Censor Date Description"),
      ], rows: events.map(row))
  }

  private func row(_ event: Event) -> [ExportCell] {
    let name = event.endpoint
    return [.text(event.subject), .text(name.uppercased()), .text(Self.labels[name])]
      + dates(event)
      + [
        .whole(event.day.map { $0 + 1 }), .text("DAYS"), .whole(event.occurred ? 0 : 1),
        .text(event.occurred ? Self.descriptions[name] ?? "EVENT" : "CENSORED"),
        event.occurred ? .missing : .text("LAST DAY WITHOUT THE EVENT"),
      ]
  }

  private func dates(_ event: Event) -> [ExportCell] {
    guard !Self.startAtResponse.contains(event.endpoint), let day = event.day else {
      return [.missing, .missing, .missing]
    }
    let subject = subjects[event.subject]
    return [
      .text(subject?.date(ofDay: 0)), .text(subject?.date(ofDay: day)), SDTMLayout.studyDay(day),
    ]
  }

  /// Ours, and admiralonco's RSD.
  private static let startAtResponse: Set<String> = ["dor", "rsd", "stabil", "stabilization"]

  private static let labels = [
    "os": "Overall Survival", "pfs": "Progression-Free Survival", "ttp": "Time to Progression",
    "ttr": "Time to Response", "dor": "Duration of Response", "rsd": "Duration of Response",
  ]

  private static let descriptions = [
    "os": "DEATH", "death": "DEATH", "pfs": "PROGRESSION OR DEATH", "ttp": "PROGRESSION",
    "ttr": "RESPONSE", "dor": "PROGRESSION OR DEATH", "rsd": "PROGRESSION OR DEATH",
  ]
}
