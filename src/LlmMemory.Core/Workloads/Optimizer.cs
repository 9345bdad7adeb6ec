using System;
using System.Collections.Generic;
using LlmMemory.Naming;

namespace LlmMemory.Workloads;

/// <summary>An optimizer, as far as memory goes: what it keeps for each trained tensor.</summary>
public sealed class Optimizer : INamed
{
    private const int DefaultProjectionRank = 128;

    private const string TorchSource = "pytorch/pytorch torch/optim/adamw.py: moments are zeros_like(parameter)";

    private const string BitsAndBytesSource = "bitsandbytes/optim/optimizer.py, Optimizer2State.init_state: blocks of 256";

    private const string TorchAoSource = "pytorch/ao torchao/optim/README.md";

    private Optimizer(string name, int? statesPerParameter, string description, OptimizerStates states, params string[] aliases)
    {
        Name = name;
        StatesPerParameter = statesPerParameter;
        Aliases = aliases;
        Description = $"{name}: {description}";
        States = states;
    }

    /// <summary>
    /// AdamW keeps a first and a second moment (Loshchilov and Hutter, arXiv:1711.05101); Adam keeps the same two.
    /// PyTorch's steps over all tensors at once, and has a copy of the second moments for a moment.
    /// </summary>
    public static Optimizer AdamW { get; } = new(
        "AdamW",
        2,
        "2 states (both moments) per parameter",
        OptimizerStates.Moments(2, TorchSource) with { Transient = tensor => tensor.Bytes },
        "adam",
        "adamwtorch",
        "adamw_hf");

    /// <summary>AdamW in one kernel, without the copy.</summary>
    public static Optimizer AdamWFused { get; } = new(
        "AdamWFused", 2, "AdamW in one kernel: 2 states, no copy while it steps", OptimizerStates.Moments(2, TorchSource), "adamwtorchfused", "fusedadam");

    /// <summary>AdamW of bitsandbytes with states of 8 bits.</summary>
    public static Optimizer AdamW8Bit { get; } = new(
        "AdamW8bit", null, "bitsandbytes: 2 states of 8 bits", OptimizerStates.Quantized(2, 8, 256, BitsAndBytesSource), "adam8bit", "adamwbnb8bit", "adamwbnb");

    /// <summary>The same in memory whose pages may move to the host.</summary>
    public static Optimizer PagedAdamW8Bit { get; } = new(
        "PagedAdamW8bit",
        null,
        "AdamW8bit in memory whose pages may move to the host",
        OptimizerStates.Quantized(2, 8, 256, BitsAndBytesSource) with { IsPaged = true },
        "pagedadam8bit");

    /// <summary>AdamW of bitsandbytes with states of 32 bits, in memory whose pages may move to the host.</summary>
    public static Optimizer PagedAdamW { get; } = new(
        "PagedAdamW",
        2,
        "2 states of 32 bits in memory whose pages may move to the host",
        new() { Kept = tensor => checked(8 * tensor.Elements), Description = "2 values of 32 bits", Source = BitsAndBytesSource, IsPaged = true },
        "pagedadamw32bit",
        "pagedadam");

    /// <summary>AdamW of torchao with states of 8 bits.</summary>
    public static Optimizer TorchAoAdamW8Bit { get; } = new(
        "TorchAoAdamW8bit", null, "torchao: 2 states of 8 bits", OptimizerStates.Quantized(2, 8, 256, TorchAoSource), "adamwtorch8bit", "aoadamw8bit");

    /// <summary>AdamW of torchao with states of 4 bits.</summary>
    public static Optimizer TorchAoAdamW4Bit { get; } = new(
        "TorchAoAdamW4bit", null, "torchao: 2 states of 4 bits", OptimizerStates.Quantized(2, 4, 128, TorchAoSource), "adamwtorch4bit", "aoadamw4bit");

    /// <summary>SGD. The rule of thumb counts a velocity for it; without momentum PyTorch keeps nothing.</summary>
    public static Optimizer SGD { get; } = new(
        "SGD", 1, "no state for a known model; 1 (a velocity) in the rule of thumb", OptimizerStates.Moments(0, "pytorch/pytorch torch/optim/sgd.py"));

    /// <summary>SGD with momentum keeps one velocity.</summary>
    public static Optimizer SGDMomentum { get; } = new(
        "SGDMomentum", 1, "1 state (momentum) per parameter", OptimizerStates.Moments(1, "pytorch/pytorch torch/optim/sgd.py: momentum_buffer"), "momentum");

    /// <summary>Lion keeps one momentum (arXiv:2302.06675).</summary>
    public static Optimizer Lion { get; } = new(
        "Lion", 1, "1 state (momentum) per parameter", OptimizerStates.Moments(1, "lucidrains/lion-pytorch: exp_avg is zeros_like(parameter)"), "lion32bit");

    /// <summary>Lion of bitsandbytes with a state of 8 bits.</summary>
    public static Optimizer Lion8Bit { get; } = new(
        "Lion8bit", null, "bitsandbytes: 1 state of 8 bits", OptimizerStates.Quantized(1, 8, 256, "bitsandbytes/optim/optimizer.py, Optimizer1State"), "pagedlion8bit");

    /// <summary>Adafactor without momentum (arXiv:1804.04235).</summary>
    public static Optimizer Adafactor { get; } = new(
        "Adafactor", null, "a value for each row and column", OptimizerStates.Factored("huggingface/transformers src/transformers/optimization.py, Adafactor"));

    /// <summary>Muon: a momentum for matrices; AdamW for the rest.</summary>
    public static Optimizer Muon { get; } = new(
        "Muon",
        null,
        "1 state for matrices, AdamW for embeddings and vectors",
        OptimizerStates.MatricesOnly(tensor => tensor.Bytes, "1 value for matrices", "deepspeedai/DeepSpeed blogs/muon-optimizer/README.md"));

    /// <summary>Adam-mini: a first moment, and a second for each row (arXiv:2406.16793).</summary>
    public static Optimizer AdamMini { get; } = new(
        "AdamMini",
        null,
        "1 state, and one for each row",
        OptimizerStates.MatricesOnly(
            tensor => checked(tensor.Bytes + (4 * tensor.Matrices * tensor.Rows)), "1 value, and 4 bytes for each row, of matrices", "zyushun/Adam-mini adam_mini.py"));

    /// <summary>GaLore: Adam in a space of low rank, and the projection into it (arXiv:2403.03507).</summary>
    public static Optimizer GaLore { get; } = new(
        "GaLore",
        null,
        $"Adam in {DefaultProjectionRank} dimensions, and the projection into them",
        OptimizerStates.MatricesOnly(
            tensor => Projected(tensor, keepsProjection: true),
            $"a projection of rank {DefaultProjectionRank} and 2 values in it for matrices",
            "jiaweizzhao/GaLore galore_torch/galore_projector.py"),
        "galoreadamw");

    /// <summary>APOLLO: as GaLore with a random projection that is not kept (arXiv:2412.05270).</summary>
    public static Optimizer Apollo { get; } = new(
        "APOLLO",
        null,
        $"Adam in {DefaultProjectionRank} random dimensions",
        OptimizerStates.MatricesOnly(
            tensor => Projected(tensor, keepsProjection: false), $"2 values in rank {DefaultProjectionRank} for matrices", "zhuhanqing/APOLLO apollo_torch/apollo.py"),
        "apolloadamw");

    /// <summary>LOMO: each gradient is used at once; nothing is kept (arXiv:2306.09782).</summary>
    public static Optimizer Lomo { get; } = new(
        "LOMO", null, "no state, one gradient at a time", OptimizerStates.Moments(0, "OpenLMLab/LOMO README.md") with { StepsInBackward = true });

    /// <summary>AdaLomo: LOMO with a value for each row and column (arXiv:2310.10195).</summary>
    public static Optimizer AdaLomo { get; } = new(
        "AdaLomo",
        null,
        "a value for each row and column, one gradient at a time",
        OptimizerStates.Factored("OpenLMLab/LOMO lomo_optim/adalomo.py") with { StepsInBackward = true });

    /// <summary>Sophia: a momentum and a diagonal Hessian (arXiv:2305.14342).</summary>
    public static Optimizer Sophia { get; } = new(
        "Sophia", 2, "2 states (momentum and Hessian) per parameter", OptimizerStates.Moments(2, "Liuhong99/Sophia sophia.py (from memory)"), "sophiag");

    /// <summary>SOAP: Adam in the eigenbases of Shampoo, four square matrices for each matrix (arXiv:2409.11321).</summary>
    public static Optimizer Soap { get; } = new(
        "SOAP",
        null,
        "2 states, and 4 square matrices for each matrix",
        OptimizerStates.MatricesOnly(
            tensor => checked((2 * tensor.Bytes) + (8 * tensor.Matrices * ((tensor.Rows * tensor.Rows) + (tensor.Columns * tensor.Columns)))),
            "2 values, and 4 square matrices of 32 bits, of matrices",
            "nikhilvyas/SOAP soap.py (from memory)"));

    /// <summary>What is taken when no optimizer is said.</summary>
    public static Optimizer Default => AdamW;

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Optimizer> All { get; } = new(
        "optimizer",
        Errors.ErrorIds.OptimizerUnknown,
        AdamW,
        AdamWFused,
        AdamW8Bit,
        PagedAdamW,
        PagedAdamW8Bit,
        TorchAoAdamW8Bit,
        TorchAoAdamW4Bit,
        SGD,
        SGDMomentum,
        Lion,
        Lion8Bit,
        Adafactor,
        Muon,
        AdamMini,
        GaLore,
        Apollo,
        Lomo,
        AdaLomo,
        Sophia,
        Soap);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Values per trained parameter in the rule of thumb; null where the rule has none.</summary>
    public int? StatesPerParameter { get; }

    /// <summary>What it keeps for the tensors of a known model.</summary>
    internal OptimizerStates States { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    private static long Projected(TrainedTensor tensor, bool keepsProjection)
    {
        var (smaller, larger) = (Math.Min(tensor.Rows, tensor.Columns), Math.Max(tensor.Rows, tensor.Columns));
        var rank = Math.Min(DefaultProjectionRank, smaller);
        var values = checked((2 * rank * larger) + (keepsProjection ? rank * smaller : 0));
        return checked(values * tensor.ElementBytes * tensor.Matrices);
    }
}
