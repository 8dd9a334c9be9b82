/// A name taken out of the catalog.
package struct DroppedDataset: Sendable, Hashable {
  package var record: DatasetRecord
  /// Whether no other name stands for the content, so that its file can go.
  package var isLastName: Bool
}
