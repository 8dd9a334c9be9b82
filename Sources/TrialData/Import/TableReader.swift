/// Reads a file of one format, chunk by chunk, into tables.
///
/// What is wrong is among the problems; a reader that cannot go on passes over the rest.
protocol TableReader {
  /// The tables read so far.
  var builders: [SourceTableBuilder] { get }

  mutating func read(_ chunk: ArraySlice<UInt8>)
  mutating func finish()
}
