import ClientProtocol
import Store

extension CommandFailure {
  /// What the store did not do, in the words of a command's answer.
  init(_ error: StoreError) {
    let kind: Kind =
      switch error {
      case .unknownRun: .unknownRun
      case .unknownDataset, .unknownDatasetHash: .unknownDataset
      case .datasetInUse: .datasetInUse
      case .datasetNameTaken: .datasetExists
      case .planNameTaken: .planExists
      case .nulCharacter: .syntax
      default: .store
      }
    self.init(kind, error.description)
  }
}
