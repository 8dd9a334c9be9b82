internal import Crypto
internal import Dispatch
internal import FoundationEssentials
internal import Glibc

/// A file to import from.
struct SourceFile {
  let path: String
  let sizeLimitBytes: Int
  /// Nobody waits for the tables any more.
  var isCancelled: () -> Bool = { false }

  /// What problems and `about` call it.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private static let chunkBytes = 1 << 22

  /// Reads the file once: its tables, and the SHA-256 of its bytes.
  ///
  /// None if there is no table in it; why not is among the problems then.
  func read(_ problems: ProblemList, choice: ColumnChoice) -> [SourceTable] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return refuse(Self.reason(errno), "a file to read", problems) }
    defer { close(descriptor) }
    guard isAcceptable(descriptor, problems) else { return [] }
    return tables(descriptor, choice, problems)
  }

  private func isAcceptable(_ descriptor: CInt, _ problems: ProblemList) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      _ = refuse("something that is not a regular file", "a file of data", problems)
      return false
    }
    guard status.st_size <= sizeLimitBytes else {
      _ = refuse("\(status.st_size) bytes", "at most \(sizeLimitBytes)", problems)
      return false
    }
    return true
  }

  private func tables(
    _ descriptor: CInt, _ choice: ColumnChoice, _ problems: ProblemList
  ) -> [SourceTable] {
    var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
    let digest = Handed(SHA256())
    var reader: Handed<any TableReader>?
    var total = 0
    while true {
      let count = fill(&chunk, descriptor)
      guard count >= 0 else { return refuse(Self.reason(errno), "a readable file", problems) }
      if count == 0 { break }
      if isCancelled() { return [] }
      if total == 0, let other = Self.otherFormat(chunk) {
        return refuse(other.found, other.expected, problems)
      }
      total += count
      guard total <= sizeLimitBytes else {
        return refuse("a file that grows", "at most \(sizeLimitBytes) bytes", problems)
      }
      let current = reader ?? Handed(self.reader(of: chunk[..<count], choice, problems))
      reader = current
      Self.read(chunk[..<count], with: current, digest)
    }
    let last = reader ?? Handed(self.reader(of: [], choice, problems))
    last.value.finish()
    let source = ImportReport.Source(
      name: name, sha256: Self.hexadecimal(digest.value.finalize()))
    return last.value.builders.compactMap { $0.table(source: source) }
  }

  /// Reads bytes on one thread and hashes them on another.
  private static func read(
    _ bytes: ArraySlice<UInt8>, with reader: Handed<any TableReader>, _ digest: Handed<SHA256>
  ) {
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 { reader.value.read(bytes) } else { digest.value.update(data: bytes) }
    }
  }

  /// What reads the file: by its name, and where that says nothing by how it begins.
  private func reader(
    of first: ArraySlice<UInt8>, _ choice: ColumnChoice, _ problems: ProblemList
  ) -> any TableReader {
    let begin = first.drop { DatasetJSONReader.isSpace($0) || [0xEF, 0xBB, 0xBF].contains($0) }
    switch Self.ending(of: name) {
    case "xpt": return XPTTableReader(file: name, choice: choice, problems: problems)
    case "json", "ndjson":
      return DatasetJSONTableReader(file: name, choice: choice, problems: problems)
    default: break
    }
    if first.starts(with: "HEADER RECORD*******LIB".utf8) {
      return XPTTableReader(file: name, choice: choice, problems: problems)
    }
    if begin.first == UInt8(ascii: "{") {
      return DatasetJSONTableReader(file: name, choice: choice, problems: problems)
    }
    return CSVTableReader(
      file: name, delimiter: CSVReader.delimiter(ofFirstLine: first), choice: choice,
      problems: problems)
  }

  /// The endings of files a folder stands for.
  static let endings: Set<String> = ["csv", "xpt", "json", "ndjson"]

  static func ending(of name: String) -> String {
    name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
  }

  /// What a file is that is often taken for CSV, from its first bytes.
  private static func otherFormat(_ bytes: [UInt8]) -> (found: String, expected: String)? {
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE), (0xFE, 0xFF): ("UTF-16 text", "UTF-8 text")
    case (0x50, 0x4B) where bytes[2] == 3:
      ("a zip archive (perhaps an Excel workbook)", "a CSV file")
    case (0x1F, 0x8B): ("a gzip archive", "a CSV file")
    default: nil
    }
  }

  /// Reads until the chunk is full or the file ends, so that the first chunk holds the header.
  private func fill(_ chunk: inout [UInt8], _ descriptor: CInt) -> Int {
    var count = 0
    while count < chunk.count {
      let room = chunk.count - count
      let got = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), room)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { return -1 }
      if got == 0 { break }
      count += got
    }
    return count
  }

  private func refuse(
    _ found: String, _ expected: String, _ problems: ProblemList
  ) -> [SourceTable] {
    problems.add(ImportProblem(file: name, finding: .condition(found), expected: expected))
    return []
  }

  static func reason(_ code: CInt) -> String { unsafe String(cString: strerror(code)) }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
