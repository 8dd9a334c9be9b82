import PluginKit
import PluginProtocol
import RECIST
import TrialData

/// Why a patient has the best overall response that he or she has, visit by visit.
struct Explanation {
  static let analysis = "explain"

  private let subject: String
  private let rules: ResponseRules
  private let reader: ResponseReader

  static func document(_ request: RunRequest) throws -> ResultDocument {
    guard let file = request.dataset else {
      throw Refusal("parameter.missing", "explain needs a data set", parameter: "dataset")
    }
    return try Self(request.values, file).document()
  }

  private init(_ values: Parameters, _ file: RunRequest.DatasetFile) throws {
    rules = try ResponseRules(values)
    let dataset = try TrialDataset(path: file.path)
    reader = ResponseReader(
      dataset: dataset, name: file.name, source: try values.choice("from"),
      evaluator: rules.given.evaluator, needsVisits: true)
    let wanted = try values.text("subject")
    let subjects = try dataset.subjects().map(\.subject)
    guard subjects.contains(wanted) else {
      let nearest = subjects.nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
      throw Refusal(
        "parameter.value", "\(file.name) has no subject \(wanted)\(nearest)", parameter: "subject",
        expected: "one of its \(subjects.count) subjects")
    }
    subject = wanted
  }

  private func document() throws -> ResultDocument {
    var document = ResultDocument(analysis: Self.analysis)
    let found = try reader.read(rules.given)
    guard case .visits(let visits) = found.responses else {
      throw Refusal(
        "data.no-visits",
        "only the event \"response\" is known of the patients of \(reader.name): there is nothing"
          + " to explain")
    }
    let own = (visits[subject] ?? []).sorted { $0.day < $1.day }
    let newTherapyDay = try reader.newTherapyDays()[subject]
    let best = PatientBest(own, rules.given, newTherapyDay: newTherapyDay)
    let lesions = try lesionPoints(found.evaluator)
    let reported = try reportedResponses(found.evaluator)

    document.title =
      "\(subject): best overall response \(best.code.rawValue) by \(rules.given.standard.label)"
    if !lesions.isEmpty { document.tables.append(VisitTable.of(lesions, reported)) }
    document.tables.append(
      DecisionTable(decisions: best.decisions, visits: own, lesions: lesions, found.source).table)
    document.notes = [conclusion(best)] + progression(own, newTherapyDay) + found.notes
    document.notes += disagreement(lesions, reported)
    document.methods = [
      .init(topic: "source of responses", choice: found.source.words(rules.given.standard)),
      rules.methodChoice,
    ]
    document.citations = [rules.given.standard.citation]
    return document
  }

  // MARK: What is known of the patient

  private func lesionPoints(_ evaluator: String?) throws -> [LesionPoint] {
    if rules.given.standard == .immune {
      let history = try reader.dataset.immuneLesionHistories().first {
        $0.subject == subject && $0.evaluator == evaluator
      }
      return history?.timePoints.map(LesionPoint.init) ?? []
    }
    let criteria = rules.given.standard.criteria
    let history = try reader.dataset.lesionHistories(criteria: criteria).first {
      $0.subject == subject && $0.evaluator == evaluator
    }
    return history?.timePoints.map { LesionPoint($0, criteria) } ?? []
  }

  private func reportedResponses(_ evaluator: String?) throws -> [Int: ResponseCode] {
    let isImmune = rules.given.standard == .immune
    let own = try reader.dataset.assessments().filter {
      $0.subject == subject && $0.evaluator == evaluator
        && (isImmune || $0.overall?.category != nil)
    }
    return Dictionary(own.compactMap { row in row.overall.map { (row.day, $0) } }) { $1 }
  }

  // MARK: Words

  private func conclusion(_ best: PatientBest) -> Note {
    let day = best.day.map { " on day \($0)" } ?? ""
    let confirmed = best.confirmedOn.map { ", confirmed on day \($0)" } ?? ""
    var text = "Best overall response: \(best.code.rawValue)\(day)\(confirmed)."
    if let open = best.undecided {
      text +=
        " \(open.visit.response.rawValue) on day \(open.visit.day) was first seen at the last scan:"
        + " confirmation not derivable."
      return Note(.caution, "explain.not-derivable", text)
    }
    return Note(.info, "explain.best", text)
  }

  private func progression(_ visits: [ImmuneVisit], _ newTherapyDay: Int?) -> [Note] {
    guard rules.given.standard == .immune else { return [] }
    let history = ImmuneHistory(visits, rules: rules.given.best, newTherapyDay: newTherapyDay)
    if let day = history.progressionDay, let confirmed = history.progressionConfirmedOn {
      return [
        Note(
          .info, "explain.progression",
          "Progression is dated on day \(day), the first iUPD of the block that day \(confirmed)"
            + " confirms.")
      ]
    }
    guard let since = history.unconfirmedSince else { return [] }
    return [
      Note(
        .info, "explain.unconfirmed",
        "The progression of day \(since) is neither confirmed nor refuted.")
    ]
  }

  private func disagreement(
    _ lesions: [LesionPoint], _ reported: [Int: ResponseCode]
  ) -> [Note] {
    let days = lesions.filter { point in
      reported[point.day].map { $0 != point.overall } ?? false
    }.map { "\($0.day)" }
    guard !days.isEmpty else { return [] }
    return [
      Note(
        .caution, "explain.discordance",
        "Reported and derived responses differ on day \(days.joined(separator: ", ")).")
    ]
  }
}
