/// A value that threads hand to each other.
///
/// Whoever makes one sees to it that one thread at a time uses it; that is what the compiler
/// cannot check.
final class Handed<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}
