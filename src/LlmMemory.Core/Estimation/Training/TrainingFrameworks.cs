using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Frameworks;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Estimation.Training.Megatron;
using LlmMemory.Naming;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>The frameworks whose rules are known.</summary>
public static class TrainingFrameworks
{
    private const string Transformers = "transformers";

    private static readonly FrameworkProfile Trl = new()
    {
        From = "4.0",
        VersionOf = Transformers,
        MicroBatchSize = 8,
        SequenceLength = 1024,
        Precision = TrainingPrecision.Mixed,
        Recompute = Recomputation.Full,
        WidensNormsOfQuantized = true,
        HasMeasuredReserve = true,
        Recipes = [.. Recipe.All],
    };

    // Sources: axolotl-ai-cloud/axolotl src/axolotl/utils/schemas/training.py and config.py: defaults of the fields.
    private static readonly FrameworkProfile AxolotlDefaults = new()
    {
        From = "4.0",
        VersionOf = Transformers,
        MicroBatchSize = 1,
        SequenceLength = 512,
        Optimizer = Optimizer.AdamWFused,
        Precision = TrainingPrecision.Mixed,
        Recipes = [.. Recipe.All],
    };

    // Sources: hiyouga/LLaMA-Factory src/llamafactory/hparams/data_args.py (cutoff_len) and model_args.py.
    private static readonly FrameworkProfile LlamaFactoryDefaults = new()
    {
        From = "4.0",
        VersionOf = Transformers,
        MicroBatchSize = 8,
        SequenceLength = 2048,
        Recompute = Recomputation.Full,
        Recipes = [Recipe.Sft, Recipe.Dpo],
    };

    private static readonly FrameworkProfile Litgpt = new()
    {
        From = "0.4",
        VersionOf = "LitGPT",
        SequenceLength = 512,
        
        UsesAccelerate = false,
        OwnLoss = new RowChunkedLoss(128),
        KeepsProjectionInputs = true,
        KeepsFusedProjection = true,
        KeepsQuantizedInputs = true,
        UntiesHead = true,
    };

    private static readonly FrameworkProfile Torchtune = new()
    {
        From = "0.4",
        VersionOf = "torchtune",
        MicroBatchSize = 2,
        
        Optimizer = Optimizer.AdamWFused,
        Recompute = Recomputation.Full,
        UsesAccelerate = false,
        Upcast = UpcastMoment.InModel,
        OwnLoss = new ChunkedLoss(8),
        Sharding = Sharding.FullShard,
    };

    /// <summary>Hugging Face's Trainer with the accelerate and PEFT of its time.</summary>
    public static TrainingFramework HuggingFaceTrainer { get; } = new TorchFramework(
        "HFTrainer", "HFTrainer: Hugging Face's Trainer with accelerate and PEFT", HuggingFaceProfiles.Trainer, "huggingface", "trainer", Transformers, "peft", "accelerate");

    /// <summary>A loop of one's own around transformers that holds the model's outputs until the next pass.</summary>
    public static TrainingFramework OwnLoop { get; } = new TorchFramework(
        "TorchLoop",
        "TorchLoop: a loop of your own around transformers that holds the outputs until the next pass",
        HuggingFaceProfiles.Holding(HuggingFaceProfiles.With(new FrameworkProfile { From = "4.0", VersionOf = Transformers, UsesAccelerate = false })),
        "loop",
        "pytorch");

    /// <summary>TRL's SFTTrainer.</summary>
    public static TrainingFramework TrlTrainer { get; } = new TorchFramework(
        "TRL", "TRL: SFTTrainer, DPOTrainer and their kin; BF16 and gradient checkpointing by default", HuggingFaceProfiles.With(Trl), "sft", "sfttrainer");

    /// <summary>Axolotl, which is built on transformers, accelerate and TRL.</summary>
    public static TrainingFramework Axolotl { get; } = new TorchFramework(
        "Axolotl", "Axolotl: transformers and TRL; BF16 autocast, AdamWFused, micro batch 1, 512 tokens by default", HuggingFaceProfiles.With(AxolotlDefaults));

    /// <summary>LLaMA-Factory, which is built on transformers and PEFT.</summary>
    public static TrainingFramework LlamaFactory { get; } = new TorchFramework(
        "LLaMAFactory", "LLaMAFactory: transformers and PEFT; gradient checkpointing, 2,048 tokens by default", HuggingFaceProfiles.With(LlamaFactoryDefaults), "llamafactorycli");

    /// <summary>Lightning's LitGPT.</summary>
    public static TrainingFramework LitGpt { get; } = new TorchFramework("LitGPT", "LitGPT: Lightning AI's trainer", [Litgpt]);

    /// <summary>PyTorch's torchtune.</summary>
    public static TrainingFramework TorchTune { get; } = new TorchFramework("torchtune", "torchtune: PyTorch's recipes; logits in chunks", [Torchtune]);

    /// <summary>NVIDIA's Megatron-LM.</summary>
    public static TrainingFramework Megatron { get; } = new MegatronFramework();

    /// <summary>What is taken when no framework is said.</summary>
    public static TrainingFramework Default => HuggingFaceTrainer;

    /// <summary>What is taken when none is said: for a recipe that <see cref="Default"/> lacks, TRL.</summary>
    /// <param name="run">How is trained.</param>
    public static TrainingFramework DefaultFor(TrainingRun run)
    {
        return run?.Recipe is { } recipe && !Default.Recipes.Contains(recipe) ? TrlTrainer : Default;
    }

    /// <summary>All of them.</summary>
    public static NamedCatalogue<TrainingFramework> All { get; } = new(
        "training framework", ErrorIds.FrameworkUnknown, HuggingFaceTrainer, TrlTrainer, Axolotl, LlamaFactory, OwnLoop, TorchTune, LitGpt, Megatron);
}
