/// When a drug's effect is felt, before resistance wears it off.
package enum DrugExposure: Sendable, Hashable {
  /// *e*(*t*) = 1 at all times: the plain Claret model.
  case constant
  case doses(EffectCompartment)

  /// ∫ *e*(*s*) exp(−λ*s*) d*s* from 0 to `day`, in days.
  package func exposure(decayPerDay: Double, until day: Double) -> Double {
    switch self {
    case .constant: ClaretModel.exposure(decayPerDay: decayPerDay, until: day)
    case .doses(let compartment): compartment.exposure(decayPerDay: decayPerDay, until: day)
    }
  }
}
