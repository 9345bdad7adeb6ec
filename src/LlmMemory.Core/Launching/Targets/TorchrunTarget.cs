using System.Collections.Generic;
using LlmMemory.Launching.Text;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching.Targets;

/// <summary>
/// <c>torchrun</c> with a script, and with the arguments of Hugging Face's Trainer where it was estimated. Sources:
/// pytorch/pytorch torch/distributed/run.py (get_args_parser) at 010929f; huggingface/transformers
/// src/transformers/training_args.py (TrainingArguments, OptimizerNames).
/// </summary>
internal sealed class TorchrunTarget : TrainerTarget
{
    private const string HuggingFaceTrainer = "HFTrainer";

    private const string Trl = "TRL";

    // The Trainer's names of optimizers.
    private static readonly Dictionary<string, string> OptimizerNames = new()
    {
        ["AdamW"] = "adamw_torch",
        ["AdamWFused"] = "adamw_torch_fused",
        ["AdamW8bit"] = "adamw_bnb_8bit",
        ["PagedAdamW"] = "paged_adamw_32bit",
        ["PagedAdamW8bit"] = "paged_adamw_8bit",
        ["TorchAoAdamW8bit"] = "adamw_torch_8bit",
        ["TorchAoAdamW4bit"] = "adamw_torch_4bit",
        ["SGD"] = "sgd",
        ["Lion"] = "lion_32bit",
        ["Lion8bit"] = "lion_8bit",
        ["Adafactor"] = "adafactor",
        ["GaLore"] = "galore_adamw",
        ["APOLLO"] = "apollo_adamw",
        ["LOMO"] = "lomo",
        ["AdaLomo"] = "adalomo",
    };

    /// <summary>Creates the target.</summary>
    public TorchrunTarget()
        : base("torchrun", "torchrun: the command that starts a rank for each GPU")
    {
    }

    private protected override LaunchDocument Write(LaunchDraft draft, TrainingRun run, LaunchLayout layout, LaunchShell shell)
    {
        WriteRanks(draft, layout);
        draft.Add("training_script", "train.py", "a placeholder");
        draft.Note("train.py is a placeholder: put the script of the training there.");
        if (draft.Request.Engine is HuggingFaceTrainer or Trl)
        {
            WriteTrainer(draft, run);
        }

        return draft.ToDocument(shell.Name, comments => CommandText.Write(shell, comments, ["torchrun"], draft.Settings));
    }

    private static void WriteRanks(LaunchDraft draft, LaunchLayout layout)
    {
        if (layout.Nodes == 1)
        {
            draft.Add("--standalone", true, "one node");
        }
        else
        {
            draft.Add("--nnodes", layout.Nodes, $"{layout.Nodes} nodes");
            draft.Add("--rdzv-backend", "c10d", $"{layout.Nodes} nodes");
            draft.Note("On each node add --rdzv-id, the same for all, and --rdzv-endpoint with host and port of the first.");
        }

        draft.Add("--nproc-per-node", layout.GpusPerNode, "a rank for each GPU");
        draft.Pass(nameof(TrainingRun.DataParallel));
    }

    private static void WriteTrainer(LaunchDraft draft, TrainingRun run)
    {
        draft.Write("--per_device_train_batch_size", run.MicroBatchSize ?? 1, nameof(run.MicroBatchSize));
        draft.WriteIfSaid("--gradient_accumulation_steps", run.GradientAccumulation, nameof(run.GradientAccumulation));
        WritePrecision(draft, run);
        if (run.Recompute == Recomputation.Full)
        {
            draft.Write("--gradient_checkpointing", true, nameof(run.Recompute));
        }

        if (run.Optimizer is { } optimizer && OptimizerNames.TryGetValue(optimizer.Name, out var name))
        {
            draft.WriteIfSaid("--optim", name, nameof(run.Optimizer));
        }

        if (draft.Request.Engine == Trl)
        {
            draft.WriteIfSaid("--max_length", run.SequenceLength, nameof(run.SequenceLength));
        }

        WriteSharding(draft, run);
    }

    private static void WritePrecision(LaunchDraft draft, TrainingRun run)
    {
        if (AutocastType(draft.Request, run) is { } type)
        {
            draft.Write($"--{type}", true, nameof(run.Precision));
        }
        else if (run.Precision == TrainingPrecision.Pure)
        {
            draft.LeaveOut(nameof(run.Precision), "the Trainer's own way without --bf16 and --fp16.");
        }
    }

    private static void WriteSharding(LaunchDraft draft, TrainingRun run)
    {
        if (run.DataParallel is null or 1 || run.Sharding is null)
        {
            return;
        }

        if (run.Sharding.IsZero)
        {
            draft.Write("--deepspeed", "ds_config.json", nameof(run.Sharding));
            draft.Note("ds_config.json is what -Target DeepSpeed writes.");
        }
        else if (run.Sharding != Sharding.None)
        {
            draft.Write("--fsdp", run.Sharding.KeepsWeightsGathered ? "shard_grad_op auto_wrap" : "full_shard auto_wrap", nameof(run.Sharding));
        }

        draft.Pass(nameof(run.Sharding));
    }
}
