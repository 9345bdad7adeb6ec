# Ray: A parameter count in BF16, Inference, 1 GPU(s).
# Memory: weights 13.00 GiB: 13.00 GiB in all.
# Fullest device: 13.00 GiB.
# Band: none (Unvalidated).
# Host memory is not modelled here: ask for what loading takes beside.
from ray.util.placement_group import placement_group

group = placement_group(
    bundles=[{"GPU": 1}] * 1,
    strategy="STRICT_PACK",
    name="llm",
)
