# torchrun: llama-3.1-8b in BF16, Training by HFTrainer 4.49, 16 GPU(s).
# Memory: weights 15.00 GiB, activations 40.00 GiB, gradients 15.00 GiB, optimizer states 90.00 GiB: 160.00 GiB in all.
# Fullest device: 20.00 GiB.
# Band: none (Unvalidated).
# The training's own settings name the model: meta-llama/Llama-3.1-8B.
# 8 GPUs in a node are taken for granted: -GpusPerNode says how many there are.
# On each node add --rdzv-id, the same for all, and --rdzv-endpoint with host and port of the first.
# train.py is a placeholder: put the script of the training there.
# ds_config.json is what -Target DeepSpeed writes.
# -SequenceLength 4096: torchrun has no such setting.
torchrun \
  --nnodes 2 \
  --rdzv-backend c10d \
  --nproc-per-node 8 \
  train.py \
  --per_device_train_batch_size 2 \
  --gradient_accumulation_steps 4 \
  --bf16 \
  --gradient_checkpointing \
  --optim adamw_bnb_8bit \
  --deepspeed ds_config.json
