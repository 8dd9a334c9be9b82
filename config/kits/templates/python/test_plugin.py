"""Run with:  python3 -m unittest test_plugin.py"""
import unittest

import doublet_plugin as doublet
from plugin import plugin, wilson


class Numbers(unittest.TestCase):
    def test_wilson_agrees_with_r(self):
        # R 4.2.2: prop.test(15, 30, correct = FALSE)$conf.int
        lower, upper = wilson(15, 30, 0.95)
        self.assertAlmostEqual(lower / 0.331541256405, 1, places=8)
        self.assertAlmostEqual(upper / 0.668458743595, 1, places=8)

    def test_a_seed_decides(self):
        words = ("@NAME@", "15/30", "replicates=200")
        self.assertEqual(plugin.try_out(*words, "seed=7"), plugin.try_out(*words, "seed=7"))

    def test_refusal_names_the_parameter(self):
        with self.assertRaises(doublet.Refusal) as caught:
            plugin.try_out("@NAME@", "1/200000")
        self.assertEqual(caught.exception.parameter, "responders")


if __name__ == "__main__":
    unittest.main()
