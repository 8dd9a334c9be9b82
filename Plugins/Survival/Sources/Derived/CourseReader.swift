import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent
import TrialData

/// Reads what is known of each patient's course, from the best source a data set has.
struct CourseReader {
  struct Found: Sendable {
    /// By patient; those never assessed are not in it.
    let visits: [String: [ImmuneVisit]]
    let source: DerivationOptions.Source
    let notes: [Note]
  }

  let dataset: TrialDataset
  let name: String
  let options: DerivationOptions

  private var standard: ResponseStandard { options.derivation.standard }

  /// Nil where the data set has no assessments of the kind asked for.
  func found() throws -> Found? {
    switch options.source {
    case .events where !options.servesResponses: nil
    case .reported: try reported()
    case .lesions: try measured()
    // RECIST 1.0 was not what readers reported by, as far as anybody knows.
    case .auto, .events:
      standard == .recist1_0 ? try measured() ?? reported() : try reported() ?? measured()
    }
  }

  private func reported() throws -> Found? {
    let all = try dataset.assessments().filter { row in
      row.overall.map { ($0.category == nil) == (standard == .immune) || isShared($0) } ?? false
    }
    guard !all.isEmpty else { return nil }
    let evaluator = try Evaluator(
      among: Set(all.map(\.evaluator)), wanted: options.evaluator, named: name)
    var visits: [String: [ImmuneVisit]] = [:]
    for row in all where row.evaluator == evaluator.name {
      guard let overall = row.overall else { continue }
      visits[row.subject, default: []].append(ImmuneVisit(day: row.day, response: overall))
    }
    return Found(visits: visits, source: .reported, notes: evaluator.notes)
  }

  /// iRECIST has no codes of its own for NE and MISSING.
  private func isShared(_ code: ResponseCode) -> Bool {
    standard == .immune && code.category.map { !$0.isEvaluable } ?? false
  }

  private func measured() throws -> Found? {
    let histories = try histories()
    guard !histories.isEmpty else { return nil }
    let evaluator = try Evaluator(
      among: Set(histories.map(\.evaluator)), wanted: options.evaluator, named: name)
    let own = histories.filter { $0.evaluator == evaluator.name }
    return Found(
      visits: Dictionary(own.map { ($0.subject, $0.visits) }) { first, _ in first },
      source: .lesions, notes: evaluator.notes)
  }

  private struct History {
    let subject: String
    let evaluator: String?
    let visits: [ImmuneVisit]
  }

  private func histories() throws -> [History] {
    if standard == .immune {
      return try dataset.immuneLesionHistories().map {
        History(subject: $0.subject, evaluator: $0.evaluator, visits: $0.visits)
      }
    }
    return try dataset.lesionHistories(criteria: standard.criteria).map { history in
      History(
        subject: history.subject, evaluator: history.evaluator,
        visits: history.visits.map { ImmuneVisit(day: $0.day, response: .recist($0.response)) })
    }
  }
}
