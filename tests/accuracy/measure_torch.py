#!/usr/bin/env python3
"""Measures what training takes: allocated, reserved and device peaks, over a grid of runs.

Needs a CUDA GPU, torch and transformers; peft for adapters, nvidia-ml-py for device figures of this process'
GPU, bitsandbytes for AdamW8bit, liger-kernel for --losses liger. Models have random weights made from the
dimensions below, so nothing is downloaded. Each run is a process of its own; one that runs out of memory is a row
too. Rows that the table already has are not measured again.

  python3 measure_torch.py --plan
  python3 measure_torch.py --out training-torch.csv
  python3 measure_torch.py --models llama-1b --batches 4 --losses torch liger --out training-torch.csv
"""

import argparse
import csv
import itertools
import json
import os
import subprocess
import sys
from importlib import util

# Dimensions in the terms of transformers' LlamaConfig: published shapes, and small ones of the same form.
MODELS = {
    "tiny": dict(hidden_size=256, intermediate_size=688, num_hidden_layers=4, num_attention_heads=8,
                 num_key_value_heads=8, vocab_size=32000, tie_word_embeddings=False),
    "llama-160m": dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
                       num_key_value_heads=12, vocab_size=32000, tie_word_embeddings=False),
    "smollm-360m": dict(hidden_size=960, intermediate_size=2560, num_hidden_layers=32, num_attention_heads=15,
                        num_key_value_heads=5, vocab_size=49152, tie_word_embeddings=True),
    "tinyllama-1.1b": dict(hidden_size=2048, intermediate_size=5632, num_hidden_layers=22, num_attention_heads=32,
                           num_key_value_heads=4, vocab_size=32000, tie_word_embeddings=False),
    "llama-1b": dict(hidden_size=2048, intermediate_size=8192, num_hidden_layers=16, num_attention_heads=32,
                     num_key_value_heads=8, head_dim=64, vocab_size=128256, tie_word_embeddings=True),
}

TARGETS = {
    "full": None,
    "lora-qv": ["q_proj", "v_proj"],
    "lora-all": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
}

SETTINGS = ["model", "batch", "sequence", "recompute", "optimizer", "train", "loss", "dtype", "attention"]
CHOICES = {
    "recompute": ["none", "full"],
    "optimizer": ["AdamW", "AdamWFused", "AdamW8bit", "SGD"],
    "train": list(TARGETS),
    "loss": ["torch", "liger"],
    "dtype": ["bfloat16", "float32"],
    "attention": ["sdpa", "eager", "flash_attention_2"],
}
VERSIONS = ["torch", "transformers", "peft", "accelerate", "bitsandbytes", "liger_kernel"]
FIGURES = ["parameters", "trained_parameters", "loaded_allocated", "first_step_allocated", "allocated", "reserved",
           "context", "device_used"]
COLUMNS = SETTINGS + ["rank", "steps", "status"] + FIGURES + ["device_total", "gpu", "cuda", "driver"] + VERSIONS + ["error"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plan", action="store_true", help="print the grid, one run a line, and measure nothing")
    parser.add_argument("--out", default="training-torch.csv", help="the table; rows are added to it")
    parser.add_argument("--models", nargs="+", choices=list(MODELS), default=list(MODELS))
    parser.add_argument("--batches", nargs="+", type=positive, default=[1, 4], help="samples of a pass")
    parser.add_argument("--sequences", nargs="+", type=positive, default=[512, 2048], help="tokens of a sample")
    parser.add_argument("--recompute", nargs="+", choices=CHOICES["recompute"], default=["none", "full"])
    parser.add_argument("--optimizers", nargs="+", choices=CHOICES["optimizer"], default=["AdamW", "AdamWFused"])
    parser.add_argument("--train", nargs="+", choices=CHOICES["train"], default=list(TARGETS), help="all weights, or adapters")
    parser.add_argument("--losses", nargs="+", choices=CHOICES["loss"], default=["torch", "liger"])
    parser.add_argument("--dtypes", nargs="+", choices=CHOICES["dtype"], default=["bfloat16"])
    parser.add_argument("--attention", nargs="+", choices=CHOICES["attention"], default=["sdpa"])
    parser.add_argument("--rank", type=positive, default=16, help="the rank of adapters")
    parser.add_argument("--steps", type=positive, default=3, help="steps of a run; states are there from the second on")
    parser.add_argument("--timeout", type=positive, default=900, help="seconds that a run may take")
    parser.add_argument("--again", action="store_true", help="measure failed rows again, all but those out of memory")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def grid(options):
    """Every run that is asked for."""
    axes = [options.models, options.batches, options.sequences, options.recompute, options.optimizers, options.train,
            options.losses, options.dtypes, options.attention]
    for values in itertools.product(*axes):
        yield {**dict(zip(SETTINGS, values)), "rank": options.rank if values[5] != "full" else "", "steps": options.steps}


def key(run):
    return tuple(str(run[name]) for name in SETTINGS + ["rank", "steps"])


def measured(path, again):
    """The runs that the table has."""
    if not os.path.exists(path):
        return set()
    with open(path, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    if rows and list(rows[0]) != COLUMNS:
        sys.exit(f"{path} has other columns. Give another --out.")
    return {key(row) for row in rows if row["status"] in ("ok", "oom") or not again}


def add(path, row):
    is_new = not os.path.exists(path) or os.path.getsize(path) == 0
    with open(path, "a", newline="", encoding="utf-8") as table:
        writer = csv.DictWriter(table, COLUMNS)
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def measure_all(options):
    missing = [name for name in ("torch", "transformers") if not util.find_spec(name)]
    if missing:
        sys.exit(f"Measuring needs {' and '.join(missing)}: pip install {' '.join(missing)}. --plan needs nothing.")
    done = measured(options.out, options.again)
    runs = [run for run in grid(options) if key(run) not in done]
    for number, run in enumerate(runs, 1):
        row = {**dict.fromkeys(COLUMNS, ""), **run, **in_a_process(run, options.timeout)}
        add(options.out, row)
        print(f"{number}/{len(runs)} {row['status']:8} {' '.join(key(run))} "
              f"allocated {row['allocated']} reserved {row['reserved']} device {row['device_used']} {row['error']}", flush=True)


def in_a_process(run, timeout):
    command = [sys.executable, os.path.abspath(__file__), "--one", json.dumps(run)]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return {"status": "timeout", "error": f"more than {timeout} s"}
    lines = process.stdout.strip().splitlines()
    if process.returncode == 0 and lines:
        return json.loads(lines[-1])
    last = (process.stderr.strip().splitlines() or [f"exit code {process.returncode}"])[-1]
    return {"status": "failed", "error": last[:200]}


def measure_one(run):
    """One run, in this process. Prints a row as JSON."""
    # NVML counts devices in this order; torch is told to.
    os.environ["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
    device = Device()
    import torch

    if not torch.cuda.is_available():
        sys.exit("No CUDA GPU is here.")
    torch.zeros(1, device="cuda")
    torch.cuda.synchronize()
    # What the first tensor brings: the context, without the segment that the tensor lies in.
    context = device.used() and device.used() - torch.cuda.memory_reserved()
    row = {**machine(torch), "driver": device.driver, "context": context}
    try:
        row.update(status="ok", **train(torch, run, device))
    except torch.cuda.OutOfMemoryError as error:
        row.update(status="oom", allocated=torch.cuda.max_memory_allocated(), reserved=torch.cuda.max_memory_reserved(),
                   error=str(error).splitlines()[0][:200])
    print(json.dumps(row))


def machine(torch):
    from importlib import metadata

    row = {"gpu": torch.cuda.get_device_name(0), "cuda": torch.version.cuda, "device_total": torch.cuda.mem_get_info(0)[1]}
    for name in VERSIONS:
        try:
            row[name] = metadata.version(name.replace("_", "-"))
        except metadata.PackageNotFoundError:
            row[name] = ""
    return row


class Device:
    """What the whole device has in use, as nvidia-smi shows it. Nothing else may run on it. Without nvidia-ml-py: blank."""

    def __init__(self):
        self._nvml = None
        self.driver = ""
        try:
            import pynvml
        except ImportError:
            return
        pynvml.nvmlInit()
        self._nvml = pynvml
        visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0]
        self._handle = pynvml.nvmlDeviceGetHandleByIndex(int(visible)) if visible.isdigit() else pynvml.nvmlDeviceGetHandleByUUID(visible)
        driver = pynvml.nvmlSystemGetDriverVersion()
        self.driver = driver if isinstance(driver, str) else driver.decode()
        # Taken before CUDA makes its context.
        self._before = pynvml.nvmlDeviceGetMemoryInfo(self._handle).used

    def used(self):
        return self._nvml.nvmlDeviceGetMemoryInfo(self._handle).used - self._before if self._nvml else None


def train(torch, run, device):
    figures = {}
    model = build(torch, run)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = optimizer_of(torch, run["optimizer"], trained)
    figures["parameters"] = sum(parameter.numel() for parameter in model.parameters())
    figures["trained_parameters"] = sum(parameter.numel() for parameter in trained)
    figures["loaded_allocated"] = torch.cuda.memory_allocated()
    torch.manual_seed(0)
    for step in range(run["steps"]):
        tokens = torch.randint(0, model.config.vocab_size, (run["batch"], run["sequence"]), device="cuda")
        model(input_ids=tokens, labels=tokens, use_cache=False).loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        torch.cuda.synchronize()
        if step == 0:
            figures["first_step_allocated"] = torch.cuda.max_memory_allocated()
    figures["allocated"] = torch.cuda.max_memory_allocated()
    figures["reserved"] = torch.cuda.max_memory_reserved()
    # The allocator keeps its segments, so what is shown after the last step is the most that it took, unless it had to
    # give some back: then the device was full.
    figures["device_used"] = device.used()
    return figures


def build(torch, run):
    from transformers import AutoModelForCausalLM, LlamaConfig

    if run["loss"] == "liger":
        from liger_kernel.transformers import apply_liger_kernel_to_llama

        apply_liger_kernel_to_llama(rope=False, rms_norm=False, swiglu=False, cross_entropy=False,
                                    fused_linear_cross_entropy=True)
    config = LlamaConfig(**MODELS[run["model"]], max_position_embeddings=max(2048, run["sequence"]), use_cache=False)
    torch.set_default_dtype(getattr(torch, run["dtype"]))
    with torch.device("cuda"):
        model = AutoModelForCausalLM.from_config(config, attn_implementation=run["attention"])
    torch.set_default_dtype(torch.float32)
    model.train()
    if run["recompute"] == "full":
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    if TARGETS[run["train"]]:
        from peft import LoraConfig, get_peft_model

        model.enable_input_require_grads()
        model = get_peft_model(model, LoraConfig(r=run["rank"], lora_alpha=2 * run["rank"], target_modules=TARGETS[run["train"]]))
    return model


def optimizer_of(torch, name, parameters):
    if name == "AdamW8bit":
        import bitsandbytes

        return bitsandbytes.optim.AdamW8bit(parameters, lr=1e-5)
    if name == "SGD":
        return torch.optim.SGD(parameters, lr=1e-5)
    return torch.optim.AdamW(parameters, lr=1e-5, fused=name == "AdamWFused", foreach=name == "AdamW")


def main():
    options = arguments()
    if options.one:
        measure_one(json.loads(options.one))
    elif options.plan:
        runs = list(grid(options))
        for run in runs:
            print(" ".join(str(run[name]) for name in SETTINGS))
        print(f"{len(runs)} runs")
    else:
        measure_all(options)


if __name__ == "__main__":
    main()
