import PluginData
import PluginKit
import PluginProtocol
import Statistics
import TrialData

/// What the user asked for.
struct SplitOptions: Sendable {
  /// Where sums of diameters come from.
  enum Source: String, CaseIterable, Sendable { case auto, reported, lesions }

  /// Whose measures are listed.
  enum Listing: String, CaseIterable, Sendable { case none, contributing, all }

  var plan: SplitPlan
  var zeros: WilcoxonSignedRank.ZeroRule
  /// The day early tumor shrinkage is judged at.
  var shrinkageDay: Double
  var reference: Reference?
  var replicates: Int
  var level: Double
  var source: Source
  var evaluator: String?
  var selection: SubjectSelection
  var listing: Listing

  init(_ values: Parameters) throws(Refusal) {
    plan = try SplitPlan(values)
    zeros = try values.choice("zeros")
    shrinkageDay = try values.days("early-shrinkage")
    reference = try values.optionalText("reference").map { (text) throws(Refusal) in
      try Reference(text)
    }
    replicates = try values.int("replicates")
    level = try values.double("level")
    source = try values.choice("from")
    evaluator = try values.optionalText("evaluator")
    selection = try SubjectSelection(values)
    listing = try values.choice("subjects")
  }

  /// The error rate tests are judged at.
  var alpha: Double { 1 - level }
}
