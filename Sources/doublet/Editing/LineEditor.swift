import CEditline
import Glibc

/// libedit, seen from Swift: reads lines and answers Tab.
@safe final class LineEditor {
  enum Reading: Hashable {
    case line(String)
    case end
    case interrupted
  }

  private let editor: OpaquePointer
  private let output: Int32
  private let complete: (String) -> Completion
  private let completer: Completer

  /// Answers Tab; a class of its own, because libedit holds it by address.
  private final class Completer {
    weak var editor: LineEditor?
    /// The line at the last Tab that changed nothing: a second one lists the candidates.
    var unchanged: String?
  }

  init?(output: Int32, complete: @escaping (String) -> Completion) {
    completer = Completer()
    let context = unsafe Unmanaged.passUnretained(completer).toOpaque()
    let answer: ceditline_completer = { context in
      guard let context = unsafe context else { return Int32(CEDITLINE_BEEP.rawValue) }
      let completer = unsafe Unmanaged<Completer>.fromOpaque(context).takeUnretainedValue()
      let action = completer.editor?.answerTab() ?? CEDITLINE_BEEP
      return Int32(action.rawValue)
    }
    guard let editor = unsafe ceditline_create("doublet", output, answer, context) else {
      return nil
    }
    unsafe self.editor = unsafe editor
    self.output = output
    self.complete = complete
    completer.editor = self
    unsafe ceditline_read_settings(editor)
  }

  deinit { unsafe ceditline_destroy(editor) }

  func read(prompt: String) -> Reading {
    // A Ctrl-C from before the prompt is not meant for the line after it.
    _ = ceditline_take_interrupt()
    if ceditline_take_resize() { unsafe ceditline_resize(editor) }
    unsafe ceditline_set_prompt(editor, prompt)
    completer.unchanged = nil
    var text: UnsafePointer<CChar>?
    var length = 0
    switch unsafe ceditline_read(editor, &text, &length) {
    case CEDITLINE_LINE:
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
      let line = unsafe String(decoding: bytes, as: UTF8.self)
      return .line(line.hasSuffix("\n") ? String(line.dropLast()) : line)
    case CEDITLINE_INTERRUPTED: return .interrupted
    default: return .end
    }
  }

  func remember(_ line: String) { unsafe ceditline_remember(editor, line) }

  private func answerTab() -> ceditline_action {
    let line = lineBeforeCursor
    let completion = complete(line)
    if let insertion = completion.insertion {
      unsafe ceditline_replace(editor, Int32(completion.replaced), insertion)
      completer.unchanged = nil
      return CEDITLINE_REFRESH
    }
    let isSecond = completer.unchanged == line
    completer.unchanged = line
    guard isSecond, completion.candidates.count > 1 else {
      return show(isSecond ? [] : completion.hint)
    }
    return show(
      CandidateColumns.lines(
        completion.candidates, width: Terminal.size(of: output)?.columns ?? 80))
  }

  private func show(_ lines: [String]) -> ceditline_action {
    guard !lines.isEmpty else { return CEDITLINE_BEEP }
    let text = "\r\n" + lines.joined(separator: "\r\n") + "\r\n"
    try? Output.write(text.utf8, to: output)
    return CEDITLINE_REDISPLAY
  }

  private var lineBeforeCursor: String {
    var text: UnsafePointer<CChar>?
    var count = 0
    unsafe ceditline_line(editor, &text, &count)
    return unsafe String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self)
  }
}
