import PluginKit
import PluginProtocol

@testable import Combination

/// A request for small virtual trials, with the definitions the host would add.
func trialsRequest(
  _ given: [String: String] = [:], regimen: (id: String, folder: String), agent: Bool = false
) throws -> RunRequest {
  var given = [
    "regimen": regimen.id, "calibration-patients": "500", "patients": "20", "replicates": "60",
  ].merging(given) { $1 }
  var folders = ["regimen": regimen.folder]
  if agent { (given["immune"], folders["immune"]) = ("imp321", "IMP321") }
  var request = try request("virtual-trials", given, naming: folders)
  request.seed = "7"
  return request
}

let paclitaxelBreast = (id: "paclitaxel-breast", folder: "PaclitaxelBreast")
let gemcitabinePancreatic = (id: "gemcitabine-pancreatic", folder: "GemcitabinePancreatic")
