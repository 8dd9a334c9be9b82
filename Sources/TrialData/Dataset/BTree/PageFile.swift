internal import Glibc

/// An SQLite file that nobody has open, growing page by page.
struct PageFile: ~Copyable {
  struct Failure: Error, CustomStringConvertible { let description: String }

  let pageBytes: Int
  private let descriptor: CInt
  private var pages: UInt32
  private var buffer: [UInt8] = []
  /// The number of the first page in the buffer.
  private var firstBuffered: UInt32

  private static let bufferBytes = 1 << 20
  /// SQLite locks by this byte, and leaves the page it is in alone.
  private static let lockByte = 0x4000_0000

  init(path: String) throws {
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(description: SourceFile.reason(errno)) }
    var header = [UInt8](repeating: 0, count: 100)
    let got = unsafe header.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, 100, 0)
    }
    let size = Int(header[16]) << 8 | Int(header[17])
    guard got == 100, size >= 512, header[20] == 0 else {
      close(descriptor)
      throw Failure(description: "the new file has an unknown layout")
    }
    pageBytes = size
    pages = header[28..<32].reduce(0) { $0 << 8 | UInt32($1) }
    firstBuffered = pages + 1
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Adds a page at the end, and gives its number.
  mutating func append(_ page: [UInt8]) throws -> UInt32 {
    if Int(pages) * pageBytes == Self.lockByte {
      buffer.append(contentsOf: repeatElement(0, count: pageBytes))
      pages += 1
    }
    buffer.append(contentsOf: page)
    pages += 1
    if buffer.count >= Self.bufferBytes { try flush() }
    return pages
  }

  /// Writes a page that is there already.
  func write(_ page: [UInt8], at number: UInt32) throws {
    try write(page, offset: Int(number - 1) * pageBytes)
  }

  /// Writes what is unwritten, and how many pages there are.
  mutating func finish() throws {
    try flush()
    try write([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: pages >> UInt32($0)) }, offset: 28)
  }

  private mutating func flush() throws {
    try write(buffer, offset: Int(firstBuffered - 1) * pageBytes)
    buffer.removeAll(keepingCapacity: true)
    firstBuffered = pages + 1
  }

  private func write(_ bytes: [UInt8], offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done, offset + done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Failure(description: SourceFile.reason(errno)) }
      done += written
    }
  }
}
