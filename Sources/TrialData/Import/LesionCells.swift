/// One lesion of one subject, as rows being staged name it.
struct LesionCells: Hashable {
  let subject: Int64
  let lesion: Int64

  init(subject: Int64, lesion: Int64) {
    self.subject = subject
    self.lesion = lesion
  }

  /// The lesion a row of `lesion` or `measurement` is about; both begin with these columns.
  init(_ table: StagedTable, _ row: Int) {
    subject = table.cell(row, 0)
    lesion = table.cell(row, 1)
  }
}
