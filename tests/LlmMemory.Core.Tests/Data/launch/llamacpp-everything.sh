# LlamaCpp: llama-3.1-8b in Q4_K_M, Inference by LlamaCpp 0.5.0, 2 GPU(s).
# Memory: weights 132.00 GiB, KV cache 140.00 GiB, activations 8.00 GiB, overhead 14.00 GiB: 294.00 GiB in all.
# Fullest device: 73.00 GiB.
# Host: 2.00 GiB.
# Band of the total: 290.00 GiB to 300.00 GiB (HeldOut).
# Cache: 459,088 tokens, 56.04 requests of full length.
# The model's file is a placeholder: give -ModelPath.
# Further models stand here by the estimate's names for them: put their files' paths there.
# -GpuCount 2: llama.cpp takes all GPUs that it sees; CUDA_VISIBLE_DEVICES or --device narrows them.
llama-server \
  --model llama-3.1-8b-Q4_K_M.gguf \
  --ctx-size 16384 \
  --parallel 2 \
  --kv-unified \
  --batch-size 1024 \
  --ubatch-size 256 \
  --cache-type-k q8_0 \
  --cache-type-v q4_0 \
  --flash-attn on \
  --no-kv-offload \
  --n-gpu-layers 20 \
  --tensor-split '3,1' \
  --split-mode row \
  --main-gpu 1 \
  --override-tensor 'ffn_(up|down)_exps=CPU' \
  --override-tensor 'blk.0=CUDA1' \
  --cpu-moe \
  --n-cpu-moe 3 \
  --load-mode none \
  --mmproj gpt2 \
  --lora gpt2 \
  --spec-draft-model gpt2 \
  --spec-draft-ngl 7 \
  --spec-draft-n-max 5
