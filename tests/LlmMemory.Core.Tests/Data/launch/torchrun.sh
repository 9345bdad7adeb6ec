# torchrun: llama-3.1-8b in BF16, Training by HFTrainer 4.49, 8 GPU(s).
# Memory: weights 15.00 GiB, activations 40.00 GiB, gradients 15.00 GiB, optimizer states 90.00 GiB: 160.00 GiB in all.
# Fullest device: 20.00 GiB.
# Band: none (Unvalidated).
# The training's own settings name the model: meta-llama/Llama-3.1-8B.
# train.py is a placeholder: put the script of the training there.
# -SequenceLength 4096: torchrun has no such setting.
torchrun \
  --standalone \
  --nproc-per-node 8 \
  train.py \
  --per_device_train_batch_size 2 \
  --gradient_accumulation_steps 4 \
  --bf16 \
  --gradient_checkpointing \
  --optim adamw_bnb_8bit \
  --fsdp 'full_shard auto_wrap'
