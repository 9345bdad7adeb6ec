#!/bin/bash
# Slurm: llama-3.1-8b in BF16, Training by HFTrainer 4.49, 16 GPU(s).
# Memory: weights 15.00 GiB, activations 40.00 GiB, gradients 15.00 GiB, optimizer states 90.00 GiB: 160.00 GiB in all.
# Fullest device: 20.00 GiB.
# Band: none (Unvalidated).
# 8 GPUs in a node are taken for granted: -GpusPerNode says how many there are.
# The script runs on the first node: srun in front of a launcher starts it on each.
# Host memory is not modelled here: ask for what loading takes beside.
#SBATCH --job-name=llama-3.1-8b
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node=8
