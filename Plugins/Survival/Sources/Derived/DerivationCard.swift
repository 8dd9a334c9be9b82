import PluginProtocol
import RECIST
import TimeToEvent

/// The conventions of derived times.
struct DerivationCard {
  let options: DerivationOptions
  let source: DerivationOptions.Source
  let endpoints: [TimeEndpoint]

  private var rules: CensoringRules { options.derivation.rules }

  private var standard: ResponseStandard { options.derivation.standard }

  var choices: [ResultDocument.MethodChoice] {
    let all = [derived] + (endpoints == [.overallSurvival] ? [] : [progression, therapy, gaps])
    let deaths = endpoints.contains { $0 == .timeToProgression || $0 == .stabilization }
    let responses = endpoints.contains { $0 == .timeToResponse || $0.startsAtResponse }
    return all + (deaths ? [death] : []) + (responses ? [response] : [])
  }

  private var derived: ResultDocument.MethodChoice {
    let from =
      source == .lesions
      ? "\(standard.label) applied to the lesions" : "the reported \(standard.label) responses"
    return .init(
      topic: "times",
      choice:
        "derived from \(from), deaths and last contacts (events os and death). An assessment is"
        + " a sign of life; admiralonco takes the last day known alive as the source gives it")
  }

  private var progression: ResultDocument.MethodChoice {
    standard == .immune
      ? .init(
        topic: "progression",
        choice: "dated at the first iUPD of the block that ends in iCPD, or of one open at the end",
        source: "Seymour 2017")
      : .init(
        topic: "progression", choice: "dated at the first scan that shows PD",
        source: "FDA 2007, appendix 3")
  }

  private var therapy: ResultDocument.MethodChoice {
    let choice =
      switch rules.newTherapy {
      case .censor:
        "censored at the last evaluable assessment up to the day another therapy began"
      case .event: "another therapy counts as progression on the day it began"
      case .ignore: "patients are followed through other therapies (EMA 2012)"
      }
    return .init(topic: "new therapy", choice: choice, source: "FDA 2007, appendix 3, table A")
  }

  private var gaps: ResultDocument.MethodChoice {
    let choice =
      rules.missedScans.map {
        "events over \($0.longestGap) days after the last evaluable assessment are censored at it"
      } ?? "events count however long before them the last assessment was; longest-gap= limits it"
    return .init(topic: "missed scans", choice: choice, source: "FDA 2007, appendix 3, table A")
  }

  private var death: ResultDocument.MethodChoice {
    .init(
      topic: "death without progression",
      choice: "censored at "
        + (rules.deathWithoutProgression == .death ? "death" : "the last evaluable assessment"))
  }

  private var response: ResultDocument.MethodChoice {
    let confirmed =
      options.confirmation.map { ", confirmed at least \($0.gapDays) days later" }
      ?? ", unconfirmed"
    let others =
      !endpoints.contains(.timeToResponse)
      ? ""
      : rules.nonResponders == .leftOut
        ? "; time to response is that of responders"
        : "; patients without one are censored where progression-free time ends"
    return .init(
      topic: "response", choice: "CR or PR dated at first sight\(confirmed)\(others)",
      source: standard == .recist1_0 ? "Therasse 2000" : "Eisenhauer 2009")
  }
}
