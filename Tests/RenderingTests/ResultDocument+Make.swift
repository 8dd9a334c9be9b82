import JSON
import PluginProtocol

extension ResultDocument {
  static func make(
    _ analysis: String = "response-rate", title: String? = nil, primary: PrimaryPair? = nil,
    estimates: [Estimate] = [], tests: [TestResult] = [], tables: [ResultTable] = [],
    methods: [MethodChoice] = [], notes: [Note] = [], citations: [String] = [],
    run: RunReference? = nil
  ) -> ResultDocument {
    var document = ResultDocument(analysis: analysis, title: title)
    document.primary = primary
    document.estimates = estimates
    document.tests = tests
    document.tables = tables
    document.methods = methods
    document.notes = notes
    document.citations = citations
    document.run = run
    return document
  }

  static func make(cells: [[JSONValue]], _ columns: Column...) -> ResultDocument {
    make(tables: [ResultTable(name: "t", title: "", columns: columns, rows: cells)])
  }

  /// 15 of 30 against 61 of 243, as an analysis would answer.
  static let responseRate = make(
    title: "Objective response rate",
    primary: PrimaryPair(
      interval: "clopper-pearson", test: "exact-doubled",
      text: "Clopper-Pearson's interval with the doubled exact test"),
    estimates: [
      .rate("clopper-pearson", 0.312_970_480_652_6, 0.687_029_519_347_4),
      .rate("wilson", 0.331_543_7, 0.668_456_3),
    ],
    tests: [
      TestResult(
        name: "objective-response-rate", method: "exact-doubled", alternative: "two-sided",
        pValue: 0.006_488_214_4, versus: "25 %"),
      TestResult(
        name: "objective-response-rate", method: "score", alternative: "two-sided",
        statistic: 3.162_277_660_168_38, pValue: 0.001_565_402_258_002_55, versus: "25 %"),
      TestResult(
        name: "objective-response-rate", method: "chi-square", alternative: "two-sided",
        statistic: 8.25, degreesOfFreedom: 1, pValue: 2.3e-7, versus: "61/243"),
    ],
    methods: [
      MethodChoice(topic: "two-sided rule", choice: "twice the smaller tail", source: "SAS"),
      MethodChoice(topic: "analysis set", choice: "full"),
    ],
    notes: [
      Note(.caution, "control.mixed", "61/243 mixes two analyses of E2100."),
      Note(.info, "days", "12w is 84 days."),
    ],
    citations: ["Clopper CJ, Pearson ES (1934). Biometrika 26:404-413."],
    run: RunReference(id: "17", stored: false, durationSeconds: 0.012))
}

extension ResultDocument.Estimate {
  static func rate(
    _ method: String, _ lower: Double, _ upper: Double, events: Int = 15, of total: Int = 30,
    group: String? = nil
  ) -> Self {
    Self(
      name: "objective-response-rate", label: "Objective response rate",
      value: Double(events) / Double(total), unit: "proportion",
      interval: .init(method: method, level: 0.95, lower: lower, upper: upper),
      count: .init(events: events, total: total), group: group)
  }
}
