import Crypto
import Foundation

func sha256(_ text: String) -> String {
  SHA256.hash(data: Data(text.utf8)).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
}
