/// Reads requests too long to be read on the loop that serves clients.
///
/// One at a time: a value takes many times the memory of its text, and most of the machine's
/// threads should be left to analyses.
actor LongLineReader {
  func read(_ line: [UInt8]) -> RequestLine { RequestLine(line) }
}
