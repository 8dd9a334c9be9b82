internal import Glibc
import PluginKit
import PluginProtocol
import RECIST
import Statistics

/// What could make the late change look like more than it is, each with its number.
struct Guards: Sendable {
  let split: CohortSplit
  let sensitivity: Sensitivity
  let tests: LateChangeTests
  let options: SplitOptions

  func notes() throws -> [Note] {
    var notes = [try progressions, try patternMixture].compactMap { $0 }
    notes += [nadir] + measurementError
    return notes + [try windows, complete, twoScans].compactMap { $0 }
  }

  private var isPositive: Bool { tests.pValue <= options.alpha }

  private func conclusion(_ p: Double) -> String {
    (p <= options.alpha) == isPositive ? "the conclusion stands" : "the conclusion flips"
  }

  // MARK: Who left

  private var progressions: Note? {
    get throws {
      let values = sensitivity.withProgressions
      let added = values.count - split.late.count
      guard added > 0 else { return nil }
      let p = try LateChangeTests.pValue(values, zeros: options.zeros)
      return Note(
        .caution, "guard.progressions",
        "With the \(patients(added)) who progressed or died first set to +20 %:"
          + " \(split.shrinking) of \(values.count) still shrink, one-sided \(pSentence(p));"
          + " \(conclusion(p)).")
    }
  }

  private var patternMixture: Note? {
    get throws {
      let missing = split.subjects.count { $0.late == nil && $0.series.baseline != nil }
      guard missing > 0 else { return nil }
      let finding = try PatternMixture(
        observed: split.late, missing: missing, zeros: options.zeros, alpha: options.alpha
      ).finding()
      let who = "the \(patients(missing)) without a late change"
      let text =
        switch finding {
        case .notPositive:
          "The test is not positive as it is, so that no assumption about \(who) could undo it."
        case .flips(let delta):
          "Were \(who) like the others but for \(changeText(delta)) in size (delta"
            + " \(decimal(delta, places: 3)) on the log scale), the conclusion would flip."
        case .stands(let delta):
          "Were \(who) like the others but for \(changeText(delta)) in size, the conclusion would"
            + " still stand."
        }
      return Note(.caution, "guard.pattern-mixture", text)
    }
  }

  // MARK: Measurement

  /// r₁ and r₂ share the size at the cut, whose error pushes one up and the other down.
  private var nadir: Note {
    let smallest = split.contributors.count { subject in
      guard let start = subject.lateScans?.start.sum else { return false }
      return subject.series.scans.allSatisfy { ($0.sum ?? start) >= start }
    }
    let correlation = Self.correlation(split.early, split.late)
    return Note(
      .caution, "guard.nadir",
      "Early and late change share the size at day \(dayText(split.plan.lateStart)), whose error"
        + " makes one larger and the other smaller: their correlation is"
        + " \(correlation.map { decimal($0, places: 2) } ?? "unknown"). For \(smallest) of"
        + " \(split.contributors.count) that scan is the smallest of all, from which size can only"
        + " return.")
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard let xMean = x.mean, let yMean = y.mean else { return nil }
    let products = zip(x, y).map { ($0 - xMean) * ($1 - yMean) }.reduce(0, +)
    let xSquares = x.map { ($0 - xMean) * ($0 - xMean) }.reduce(0, +)
    let ySquares = y.map { ($0 - yMean) * ($0 - yMean) }.reduce(0, +)
    let scale = (xSquares * ySquares).squareRoot()
    return scale > 0 ? products / scale : nil
  }

  private var measurementError: [Note] {
    let parts = [0.05, 0.11].map { variation -> String in
      // Two readings with independent errors; 1.96 standard deviations of their difference.
      let limit = 1.96 * 2.0.squareRoot() * variation
      let beyond = split.late.count { $0 < -limit }
      return "at \(decimal(variation * 100, places: 0)) % reading error \(beyond) of"
        + " \(split.shrinking) shrink beyond it (more than"
        + " \(decimal(-expm1(-limit) * 100, places: 0)) %)"
    }
    let faster = zip(split.late, split.early).count { $0 < 0 && $0 < $1 }
    return [
      Note(
        .caution, "guard.measurement",
        "Of those still shrinking, \(parts.joined(separator: "; ")). A tumor that does not change"
          + " reads as shrinking half the time."),
      Note(
        .info, "guard.late-acceleration",
        "\(faster) of \(split.contributors.count) shrink faster late than early"
          + " (\(roundPercent(Double(faster) / Double(split.contributors.count)))); reading error alone"
          + " makes that in 3 to 5 % of patients at 5 %, and in 13 to 16 % at 11 %, under"
          + " chemotherapy alone on 12- and 24-week scans."),
    ]
  }

  // MARK: Scans

  private var windows: Note? {
    get throws {
      let parts = try sensitivity.windows.map { days, values -> (text: String, p: Double?) in
        guard values.count >= SplitRefusal.fewest else {
          return ("\(dayText(days)) days \(patients(values.count)), too few", nil)
        }
        let p = try LateChangeTests.pValue(values, zeros: options.zeros)
        return (
          "\(dayText(days)) days \(values.count { $0 < 0 }) of \(values.count), \(pSentence(p))", p
        )
      }
      let flips = parts.compactMap(\.p).contains { ($0 <= options.alpha) != isPositive }
      return Note(
        flips ? .caution : .info, "guard.visit-window",
        "Still shrinking, by how far scans may be from the day: "
          + parts.map(\.text).joined(separator: "; ") + "; "
          + (flips ? "the conclusion depends on it." : "the conclusion does not depend on it.")
          + edge)
    }
  }

  private var edge: String {
    guard split.onTheEdge > 0 else { return "" }
    let window = dayText(split.plan.window)
    return " \(patients(split.onTheEdge)) of \(split.contributors.count)"
      + " \(split.onTheEdge == 1 ? "is" : "are") in by a scan exactly \(window) days from its day."
  }

  private var complete: Note? {
    let zero = split.contributors.count { $0.marks.contains { $0?.sum == .zero } }
    let raised = split.contributors.count { subject in
      subject.marks.contains { mark in mark?.sum.map { $0 < split.plan.floor } ?? false }
    }
    guard raised > 0 else { return nil }
    return Note(
      .info, "guard.floor",
      "\(patients(raised)) had a sum below the floor of \(split.plan.floor) mm\(zero > 0 ? " (\(zero) of size 0)" : "")"
        + " and \(raised == 1 ? "counts" : "count") for it; the sensitivity table shows other floors."
    )
  }

  private var twoScans: Note? {
    let number = split.contributors.count {
      $0.series.scans.count { $0.sum != nil } == split.plan.boundaries.count
    }
    guard number > 0 else { return nil }
    return Note(
      .info, "guard.two-scans",
      "\(number) of \(split.contributors.count) contributing patients have no other scans than those"
        + " the windows end on: their slopes are their changes, a response first seen at the last"
        + " scan cannot be confirmed, and growth after it is not seen.")
  }
}
