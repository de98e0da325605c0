"""The figure checker: every figure of a pack against every other, with the reasons spelled out.

``read`` makes a ``Paper`` of any pack; ``check`` lists what cannot be true in it. Nothing here needs a network, a
database or a clock. See ``docs/explanation/figure-checker.md``.
"""
