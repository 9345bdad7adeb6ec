# Ray: llama-3.1-70b in BF16, Inference by vLLM 0.19, 4 GPU(s).
# Memory: weights 132.00 GiB, KV cache 140.00 GiB, activations 8.00 GiB, overhead 14.00 GiB: 294.00 GiB in all.
# Fullest device: 73.00 GiB of 80.00 GiB.
# Band of the total: 290.00 GiB to 300.00 GiB (HeldOut).
# Cache: 459,088 tokens, 56.04 requests of full length.
# Host memory is not modelled here: ask for what loading takes beside.
from ray.util.placement_group import placement_group

group = placement_group(
    bundles=[{"GPU": 1}] * 4,
    strategy="STRICT_PACK",
    name="llama-3.1-70b",
)
