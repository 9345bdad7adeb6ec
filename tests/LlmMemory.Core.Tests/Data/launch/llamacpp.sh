# LlamaCpp: llama-3.1-8b in Q4_K_M, Inference by LlamaCpp 0.5.0, 1 GPU(s).
# Memory: weights 132.00 GiB, KV cache 140.00 GiB, activations 8.00 GiB, overhead 14.00 GiB: 294.00 GiB in all.
# Fullest device: 73.00 GiB.
# Host: 2.00 GiB.
# Band of the total: 290.00 GiB to 300.00 GiB (HeldOut).
# Cache: 459,088 tokens, 56.04 requests of full length.
# The model's file is a placeholder: give -ModelPath.
llama-server \
  --model llama-3.1-8b-Q4_K_M.gguf \
  --ctx-size 16384 \
  --parallel 2 \
  --cache-type-k q8_0 \
  --cache-type-v q8_0 \
  --flash-attn on \
  --n-gpu-layers 20
