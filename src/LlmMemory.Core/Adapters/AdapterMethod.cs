using System;
using System.Collections.Generic;
using LlmMemory.Adapters.Methods;
using LlmMemory.Adapters.Modules;
using LlmMemory.Adapters.Targets;
using LlmMemory.Models;
using LlmMemory.Naming;

namespace LlmMemory.Adapters;

/// <summary>
/// A method of parameter-efficient fine-tuning as huggingface/peft has it: which tensors it brings, how large they are,
/// and which of them are trained.
/// </summary>
public sealed class AdapterMethod : INamed
{
    private static readonly ModuleKind[] LinearOnly = [ModuleKind.Linear];
    private static readonly ModuleKind[] Linears = [ModuleKind.Linear, ModuleKind.TransposedLinear];
    private static readonly ModuleKind[] LinearsAndEmbeddings = [.. Linears, ModuleKind.Embedding];
    private static readonly ModuleKind[] Everything = [.. LinearsAndEmbeddings, ModuleKind.Norm, ModuleKind.Convolution, ModuleKind.Other];

    private AdapterMethod(string name, string description, params string[] aliases)
    {
        Name = name;
        Description = $"{name}: {description}";
        Aliases = aliases;
    }

    /// <summary>Low-rank pairs beside modules (arXiv:2106.09685).</summary>
    public static AdapterMethod Lora { get; } = LowRank("LoRA", "a pair of low-rank matrices beside each module", LowRankParts.Lora, "qlora");

    /// <summary>LoRA that scales by the root of the rank (arXiv:2312.03732); the same tensors.</summary>
    public static AdapterMethod RsLora { get; } = LowRank("rsLoRA", "LoRA scaled by the root of the rank; the same tensors", LowRankParts.Lora);

    /// <summary>LoRA with a learning rate for each of the two matrices (arXiv:2402.12354); the same tensors.</summary>
    public static AdapterMethod LoraPlus { get; } =
        LowRank("LoRA+", "LoRA with two learning rates; the same tensors", LowRankParts.Lora, "loraplus");

    /// <summary>LoRA that starts from the largest singular vectors (arXiv:2404.02948); the same tensors.</summary>
    public static AdapterMethod Pissa { get; } =
        LowRank("PiSSA", "LoRA that starts from the largest singular vectors; the same tensors", LowRankParts.Lora);

    /// <summary>LoRA with a trained magnitude for each output (arXiv:2402.09353).</summary>
    public static AdapterMethod Dora { get; } =
        LowRank("DoRA", "LoRA and a magnitude for each output", LowRankParts.Dora, "qdora");

    /// <summary>LoRA whose first matrix stays as it is (arXiv:2308.03303).</summary>
    public static AdapterMethod LoraFa { get; } = LowRank("LoRA-FA", "LoRA with the first matrix frozen", LowRankParts.FrozenDown);

    /// <summary>LoRA that starts from the smallest singular vectors, and whose second matrix stays as it is.</summary>
    public static AdapterMethod Mica { get; } =
        LowRank("MiCA", "LoRA with the second matrix frozen, from the smallest singular vectors", LowRankParts.FrozenUp);

    /// <summary>Singular values and vectors, of which the weakest are given up while training (arXiv:2303.10512).</summary>
    public static AdapterMethod AdaLora { get; } =
        new("AdaLoRA", "singular values and vectors, pruned while training; -Rank is the initial one, 12 when not said")
        {
            DefaultRank = 12,
            LimitsRank = true,
            Kinds = Linears,
            Defaults = TargetDefaults.AdaLora,
            ModuleParts = (target, _) => AdaLoraParts.Of(target),
            ImportanceCopies = 3,
        };

    /// <summary>Vectors that scale one random pair for all modules (arXiv:2310.11454).</summary>
    public static AdapterMethod Vera { get; } = new("VeRA", "two vectors beside each module, one random pair for all; rank 256 when not said")
    {
        DefaultRank = 256,
        Kinds = Linears,
        Defaults = TargetDefaults.Vera,
        ModuleParts = (target, _) => VectorParts.Vera(target),
        SharedParts = VectorParts.VeraShared,
    };

    /// <summary>The elementwise product of two low-rank pairs (arXiv:2108.06098).</summary>
    public static AdapterMethod Loha { get; } = new("LoHa", "two low-rank pairs beside each module, multiplied element by element")
    {
        DefaultRank = 8,
        LimitsRank = true,
        Kinds = LinearOnly,
        ModuleParts = (target, _) => LycorisParts.Loha(target),
    };

    /// <summary>A Kronecker product (arXiv:2309.14859).</summary>
    public static AdapterMethod Lokr { get; } = new("LoKr", "the Kronecker product of a small matrix and a low-rank pair; -BlockSize is its factor")
    {
        DefaultRank = 8,
        TakesBlockSize = true,
        Kinds = LinearOnly,
        ModuleParts = LycorisParts.Lokr,
    };

    /// <summary>Vectors that scale what comes out of a module, or goes in (arXiv:2205.05638).</summary>
    public static AdapterMethod Ia3 { get; } = new("IA3", "one vector beside each module", "(ia)3")
    {
        Kinds = Linears,
        Defaults = TargetDefaults.Ia3,
        ModuleParts = VectorParts.Ia3,
    };

    /// <summary>Rotations of the inputs in blocks (arXiv:2306.07280).</summary>
    public static AdapterMethod Oft { get; } =
        new("OFT", "a rotation of the inputs in blocks: -BlockSize rows in each, 32 when not said, or -Rank blocks")
        {
            RankCountsBlocks = true,
            TakesBlockSize = true,
            DefaultBlockSize = 32,
            Kinds = LinearOnly,
            ModuleParts = OrthogonalParts.Oft,
        };

    /// <summary>Rotations in butterflies (arXiv:2311.06243), with one factor, as PEFT takes by default.</summary>
    public static AdapterMethod Boft { get; } =
        new("BOFT", "a rotation of the inputs in blocks of -BlockSize, 4 when not said, and a scale for each output")
        {
            TakesBlockSize = true,
            DefaultBlockSize = 4,
            Kinds = LinearOnly,
            ModuleParts = OrthogonalParts.Boft,
        };

    /// <summary>One matrix for shards of the inputs (arXiv:2409.15371).</summary>
    public static AdapterMethod Miss { get; } = new("MiSS", "one matrix of rank x outputs beside each module; rank 64 when not said", "bone")
    {
        DefaultRank = 64,
        LimitsRank = true,
        Kinds = LinearOnly,
        ModuleParts = (target, _) => ShardParts.Miss(target),
    };

    /// <summary>Whole normalisations, copied and trained (arXiv:2312.11420).</summary>
    public static AdapterMethod LnTuning { get; } = new("LNTuning", "copies of the normalisations, or of other modules", "layernormtuning")
    {
        Kinds = Everything,
        Defaults = TargetDefaults.LnTuning,
        ModuleParts = CopyParts.Module,
        CopiesModules = true,
    };

    /// <summary>Single rows of the embedding.</summary>
    public static AdapterMethod TrainableTokens { get; } = new("TrainableTokens", "-AdapterTokens rows of the embedding")
    {
        TakesTokens = true,
        Kinds = [ModuleKind.Embedding],
        TargetsEmbedding = true,
        ModuleParts = CopyParts.Tokens,
    };

    /// <summary>Trained keys and values in every layer (arXiv:2101.00190).</summary>
    public static AdapterMethod PrefixTuning { get; } = Prompts("PrefixTuning", "keys and values of -AdapterTokens tokens in every layer", PromptParts.Prefix);

    /// <summary>Trained embeddings before the prompt (arXiv:2104.08691).</summary>
    public static AdapterMethod PromptTuning { get; } = Prompts("PromptTuning", "embeddings of -AdapterTokens tokens", PromptParts.Prompt);

    /// <summary>Trained embeddings with a network behind them (arXiv:2103.10385).</summary>
    public static AdapterMethod PTuning { get; } = Prompts("PTuning", "embeddings of -AdapterTokens tokens and a network of three layers", PromptParts.Encoded);

    /// <summary>All of them.</summary>
    public static NamedCatalogue<AdapterMethod> All { get; } = new(
        "adapter method",
        Errors.ErrorIds.AdapterMethodUnknown,
        Lora,
        RsLora,
        LoraPlus,
        Pissa,
        Dora,
        LoraFa,
        Mica,
        AdaLora,
        Vera,
        Loha,
        Lokr,
        Ia3,
        Oft,
        Boft,
        Miss,
        LnTuning,
        TrainableTokens,
        PrefixTuning,
        PromptTuning,
        PTuning);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>The rank when none is said; null for methods without one.</summary>
    public int? DefaultRank { get; private init; }

    /// <summary>The block size when neither it nor a rank is said; null for methods without one.</summary>
    public int? DefaultBlockSize { get; private init; }

    /// <summary>True where a rank can be said.</summary>
    internal bool TakesRank => DefaultRank is not null || RankCountsBlocks;

    /// <summary>True where the rank is a number of blocks.</summary>
    internal bool RankCountsBlocks { get; private init; }

    /// <summary>True where a block size can be said.</summary>
    internal bool TakesBlockSize { get; private init; }

    /// <summary>True where tokens have to be said.</summary>
    internal bool TakesTokens { get; private init; }

    /// <summary>True where a rank above that of a matrix makes no sense.</summary>
    internal bool LimitsRank { get; private init; }

    /// <summary>True for LoRA and what differs from it in what is trained or where it starts.</summary>
    internal bool IsLora { get; private init; }

    /// <summary>True where PEFT refuses modules that the kernels of Mamba read past an adapter.</summary>
    internal bool SkipsMambaKernels => IsLora || this == AdaLora;

    /// <summary>True where bare parameters can be adapted.</summary>
    internal bool TakesParameters { get; private init; }

    /// <summary>True where the embedding is meant when no modules are said.</summary>
    internal bool TargetsEmbedding { get; private init; }

    /// <summary>True where whole modules are copied, in the base model's types.</summary>
    internal bool CopiesModules { get; private init; }

    /// <summary>Copies of the trained weights that the method keeps while training, to tell which of them matter.</summary>
    internal int ImportanceCopies { get; private init; }

    /// <summary>The kinds of modules that it stands beside.</summary>
    internal IReadOnlyList<ModuleKind> Kinds { get; private init; } = [];

    /// <summary>The modules that PEFT takes for a type of model when none are said.</summary>
    internal Func<string, IReadOnlyList<string>?> Defaults { get; private init; } = TargetDefaults.Lora;

    /// <summary>The tensors beside one module; null for methods that work on no module.</summary>
    internal Func<TargetModule, AdapterSettings, IEnumerable<AdapterPart>>? ModuleParts { get; private init; }

    /// <summary>The tensors that all modules share; null for none.</summary>
    internal Func<IReadOnlyList<TargetModule>, IEnumerable<AdapterPart>>? SharedParts { get; private init; }

    /// <summary>The tensors of a prompt; null for methods that work on modules.</summary>
    internal Func<ModelArchitecture, AdapterSettings, IEnumerable<AdapterPart>>? PromptTensors { get; private init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    private static AdapterMethod LowRank(
        string name, string description, Func<TargetModule, IEnumerable<AdapterPart>> parts, params string[] aliases)
    {
        return new AdapterMethod(name, $"{description}; rank 8 when not said", aliases)
        {
            DefaultRank = 8,
            LimitsRank = true,
            IsLora = true,
            Kinds = LinearsAndEmbeddings,
            TakesParameters = parts == LowRankParts.Lora,
            ModuleParts = (target, _) => parts(target),
        };
    }

    private static AdapterMethod Prompts(
        string name, string description, Func<ModelArchitecture, AdapterSettings, IEnumerable<AdapterPart>> parts)
    {
        return new AdapterMethod(name, description) { TakesTokens = true, PromptTensors = parts };
    }
}
