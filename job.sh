#!/bin/bash
# Slurm: llama-3.1-8b in BF16, Training by HFTrainer 4.49, 8 GPU(s).
# Memory: weights 14.96 GiB, activations 55.72 GiB, gradients 0.00 GiB, optimizer states 29.92 GiB, overhead 15.81 GiB: 116.40 GiB in all.
# Fullest device: 14.55 GiB.
# Band: none (Unvalidated).
# The script runs on the first node: srun in front of a launcher starts it on each.
# Host memory is not modelled here: ask for what loading takes beside.
#SBATCH --job-name=llama-3.1-8b
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node=4
# torchrun: llama-3.1-8b in BF16, Training by HFTrainer 4.49, 8 GPU(s).
# Memory: weights 14.96 GiB, activations 55.72 GiB, gradients 0.00 GiB, optimizer states 29.92 GiB, overhead 15.81 GiB: 116.40 GiB in all.
# Fullest device: 14.55 GiB.
# Band: none (Unvalidated).
# The training's own settings name the model: meta-llama/Llama-3.1-8B.
# On each node add --rdzv-id, the same for all, and --rdzv-endpoint with host and port of the first.
# train.py is a placeholder: put the script of the training there.
srun torchrun \
  --nnodes 2 \
  --rdzv-backend c10d \
  --nproc-per-node 4 \
  train.py \
  --per_device_train_batch_size 2 \
  --gradient_checkpointing \
  --fsdp 'full_shard auto_wrap'
