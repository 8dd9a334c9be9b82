import JSON
import PluginProtocol
import Rendering
import Testing

struct TextRendererTests {
  @Test func showsThePrimaryPairFirst() {
    #expect(
      ResultDocument.responseRate.text() == """
        Objective response rate

        Primary
          Clopper-Pearson's interval with the doubled exact test
          Objective response rate  15/30 = 50.0 %  (95 % Clopper-Pearson 31.3 to 68.7 %)
          exact-doubled, two-sided versus 25 %: p = 0.006488

        Other estimates
          Objective response rate  15/30 = 50.0 %  (95 % Wilson 33.2 to 66.8 %)

        Other tests
        Method      Versus  Alternative  Statistic  df         p
        ----------  ------  -----------  ---------  --  --------
        score       25 %    two-sided        3.162      0.001565
        chi-square  61/243  two-sided        8.250   1   2.3e-07

        Method card
          two-sided rule  twice the smaller tail (SAS)
          analysis set    full

        Caution: 61/243 mixes two analyses of E2100.
        12w is 84 days.

        References
          Clopper CJ, Pearson ES (1934). Biometrika 26:404-413.

        run 17, 12 ms

        """)
  }

  @Test func fitsANarrowScreen() {
    #expect(
      ResultDocument.responseRate.text(TextStyle(width: 44)) == """
        Objective response rate

        Primary
          Clopper-Pearson's interval with the
          doubled exact test
          Objective  15/30 = 50.0 %  (95 %
          response                   Clopper-
          rate                       Pearson 31.3
                                     to 68.7 %)
          exact-doubled, two-sided versus 25 %: p =
          0.006488

        Other estimates
          Objective  15/30 = 50.0 %  (95 % Wilson
          response                   33.2 to
          rate                       66.8 %)

        Other tests
        Method  Versus  Alternat  Statistic  df         p
                        ive
        ------  ------  --------  ---------  --  --------
        score   25 %    two-          3.162      0.001565
                        sided
        chi-    61/243  two-          8.250   1   2.3e-07
        square          sided

        Method card
          two-sided rule  twice the smaller tail
                          (SAS)
          analysis set    full

        Caution: 61/243 mixes two analyses of
          E2100.
        12w is 84 days.

        References
          Clopper CJ, Pearson ES (1934). Biometrika
          26:404-413.

        run 17, 12 ms

        """)
  }

  @Test func repeatsNothingInABattery() {
    let document = ResultDocument.make(estimates: [
      .rate("clopper-pearson", 0.313, 0.687), .rate("wilson", 0.3315, 0.6685),
      .rate("clopper-pearson", 0, 0.116, events: 0, group: "2 mg"),
    ])
    #expect(
      document.text() == """
        response-rate

        Estimates
          Objective response rate         15/30 = 50.0 %  (95 % Clopper-Pearson 31.3 to 68.7 %)
                                                          (95 % Wilson 33.1 to 66.8 %)
          Objective response rate [2 mg]  0/30 = 0.0 %    (95 % Clopper-Pearson 0.0 to 11.6 %)

        """)
  }

  @Test func showsQuantitiesThatAreNoFractions() {
    let document = ResultDocument.make(estimates: [
      .init(
        name: "m", label: "Median", value: 12.34567, unit: "weeks",
        interval: .init(method: "bootstrap", level: 0.975, lower: 9, upper: .infinity)),
      .init(name: "x", label: "Not estimable", value: nil, status: "no events"),
      .init(name: "y", label: "Slope", value: .nan, unit: "mm"),
      .init(name: "z", label: "Share", value: 12.5, unit: "%"),
      .init(
        name: "z", label: "Share", value: 0.5, unit: "%", count: .init(events: 1, total: 2)),
      .init(
        name: "rate-difference", label: "Difference", value: 0.249, unit: "proportion",
        interval: .init(method: "newcombe", level: 0.95, lower: -0.07, upper: 0.427)),
    ])
    #expect(
      document.text() == """
        response-rate

        Estimates
          Median         12.35 weeks   (97.5 % bootstrap 9 to Inf weeks)
          Not estimable  NA            (no events)
          Slope          NaN
          Share          12.5 %
          Share          1/2 = 50.0 %
          Difference     +24.9 points  (95 % Newcombe -7.0 to +42.7 points)

        """)
  }

  @Test func showsATestThatFailed() {
    let document = ResultDocument.make(tests: [
      .init(
        name: "Trend", method: "jonckheere", alternative: "greater", pValue: nil,
        status: "one group only", group: "arm A")
    ])
    #expect(
      document.text() == """
        response-rate

        Tests
        Test   Method      Group  Alternative                    p
        -----  ----------  -----  -----------  -------------------
        Trend  jonckheere  arm A  greater      NA (one group only)

        """)
  }

  @Test func colorsOnlyWhenAsked() {
    let document = ResultDocument.make(
      title: "T", notes: [Note(.warning, "w", "Mind\nthe gap"), Note(.caution, "c", "Slow")],
      run: .init(id: "3", stored: true, durationSeconds: 9))
    #expect(
      document.text(TextStyle(color: .ansi))
        == "\u{1B}[1mT\u{1B}[0m\n\n\u{1B}[31mWarning:\u{1B}[0m Mind\n  the gap\n"
        + "\u{1B}[33mCaution:\u{1B}[0m Slow\n\n\u{1B}[2mrun 3, stored answer\u{1B}[0m\n")
    #expect(
      document.text()
        == "T\n\nWarning: Mind\n  the gap\nCaution: Slow\n\nrun 3, stored answer\n")
  }

  @Test func neverLetsDataDriveTheTerminal() throws {
    let evil = "\u{1B}]0;x\u{07}"
    var document = ResultDocument.make(
      evil, title: evil, primary: .init(interval: evil, test: evil, text: evil),
      estimates: [
        .init(
          name: evil, label: evil, value: 1, unit: evil, status: evil,
          interval: .init(method: evil, level: 0.9, lower: 0, upper: 1), group: evil)
      ],
      tests: [
        .init(
          name: evil, method: evil, alternative: evil, pValue: 1, status: evil, versus: evil,
          group: evil),
        .init(
          name: evil, method: evil + evil, alternative: evil, pValue: 1, status: evil,
          versus: evil, group: evil),
      ],
      tables: [
        .init(
          name: evil, title: evil, columns: [.init(evil, evil), .init(evil, evil, .number)],
          rows: [[.string(evil), .array([.string(evil)])]])
      ],
      methods: [.init(topic: evil, choice: evil, source: evil)],
      notes: [Note(.warning, evil, evil)], citations: [evil],
      run: .init(id: evil, stored: false, durationSeconds: nil))
    document.dataset = .init(name: evil, hash: evil)
    for style in [TextStyle(), TextStyle(width: 30), TextStyle(expansion: .on)] {
      #expect(!document.text(style).unicodeScalars.contains("\u{1B}"))
      #expect(!document.text(style).unicodeScalars.contains("\u{07}"))
    }
    #expect(!document.markdown.unicodeScalars.contains("\u{1B}"))
    let json = try document.json
    #expect(!json.unicodeScalars.contains("\u{1B}"))
  }

  @Test func `conventions of methods that are not quoted are counted until all are asked for`() {
    var document = ResultDocument(analysis: "rate")
    document.primary = .init(interval: "wilson", test: nil, text: "")
    document.methods = [
      .init(topic: "analysis set", choice: "full"),
      .init(topic: "interval wilson", choice: "score limits", method: "wilson"),
      .init(topic: "interval wald", choice: "normal limits", method: "wald"),
    ]
    #expect(
      document.text() == """
        rate

        Method card
          analysis set     full
          interval wilson  score limits
          and 1 more for the other methods (\\x shows them)

        """)
    #expect(document.text(TextStyle(expansion: .on)).contains("interval wald    normal limits"))
  }
}
