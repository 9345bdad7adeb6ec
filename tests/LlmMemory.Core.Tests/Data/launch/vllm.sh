# vLLM: llama-3.1-70b in BF16, Inference by vLLM 0.19, 4 GPU(s).
# Memory: weights 132.00 GiB, KV cache 140.00 GiB, activations 8.00 GiB, overhead 14.00 GiB: 294.00 GiB in all.
# Fullest device: 73.00 GiB of 80.00 GiB.
# Band of the total: 290.00 GiB to 300.00 GiB (HeldOut).
# Cache: 459,088 tokens, 56.04 requests of full length.
# meta-llama/Llama-3.1-70B is what the catalogue has for llama-3.1-70b.
# The estimate takes weights in BF16: the model has to be stored so.
# -Concurrency 16: what clients ask for, no setting of vLLM.
vllm serve meta-llama/Llama-3.1-70B \
  --tensor-parallel-size 4 \
  --max-model-len 8192 \
  --gpu-memory-utilization 0.95 \
  --kv-cache-dtype fp8
