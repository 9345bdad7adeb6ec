# SGLang: llama-3.1-70b in BF16, Inference by SGLang 0.19, 16 GPU(s).
# Memory: weights 132.00 GiB, KV cache 140.00 GiB, activations 8.00 GiB, overhead 14.00 GiB: 294.00 GiB in all.
# Fullest device: 73.00 GiB of 80.00 GiB.
# Band of the total: 290.00 GiB to 300.00 GiB (HeldOut).
# Cache: 459,088 tokens, 56.04 requests of full length.
# 8 GPUs in a node are taken for granted: -GpusPerNode says how many there are.
# meta-llama/Llama-3.1-70B is what the catalogue has for llama-3.1-70b.
# The estimate takes weights in BF16: the model has to be stored so.
# On each node add --node-rank 0 to 1, and --dist-init-addr with address and port of the first.
# Without --lora-paths SGLang also wants --lora-target-modules, such as all.
# -SpeculativeTokens 3: SGLang wants the way to draft too: --speculative-algorithm, with --speculative-num-draft-tokens.
# -Concurrency 16: what clients ask for, no setting of SGLang.
# -PromptLength 2048: what clients ask for, no setting of SGLang.
# -OutputLength 512: what clients ask for, no setting of SGLang.
# -SharedPrefixLength 1024: what clients ask for, no setting of SGLang.
# -DecodeContextParallel 2: SGLang has no such setting.
python -m sglang.launch_server \
  --model-path meta-llama/Llama-3.1-70B \
  --tensor-parallel-size 4 \
  --pipeline-parallel-size 2 \
  --data-parallel-size 2 \
  --expert-parallel-size 4 \
  --nnodes 2 \
  --context-length 8192 \
  --mem-fraction-static 0.95 \
  --max-running-requests 1024 \
  --chunked-prefill-size 8192 \
  --kv-cache-dtype fp8_e4m3 \
  --disable-radix-cache \
  --disable-cuda-graph \
  --enable-lora \
  --max-loras-per-batch 4 \
  --max-lora-rank 64
