using System.Collections.Generic;
using LlmMemory.DataTypes;

namespace LlmMemory.Adapters;

/// <summary>An adapter as a user asks for it, in the words of PEFT's configurations. What is null was not said.</summary>
public sealed record AdapterSpecification
{
    /// <summary>What stands before a regular expression in a list of names.</summary>
    public const string ExpressionMark = "re:";

    /// <summary>The method; <see cref="AdapterMethod.Lora"/> when null.</summary>
    public AdapterMethod? Method { get; init; }

    /// <summary>
    /// The rank; the method's own default when null. AdaLoRA starts with it, OFT has as many blocks, methods without a
    /// rank refuse it.
    /// </summary>
    public int? Rank { get; init; }

    /// <summary>
    /// The modules that have an adapter: names (<c>q_proj</c>, a path or the end of one), <c>re:</c> and a regular
    /// expression for whole paths, or <c>all-linear</c> alone. PEFT's default for the model's type when empty.
    /// </summary>
    public IReadOnlyList<string> TargetModules { get; init; } = [];

    /// <summary>Modules that have none although they are meant, in the same way.</summary>
    public IReadOnlyList<string> ExcludeModules { get; init; } = [];

    /// <summary>Bare parameters that have an adapter, the ends of their names: <c>experts.gate_up_proj</c>.</summary>
    public IReadOnlyList<string> TargetParameters { get; init; } = [];

    /// <summary>The layers that have adapters, from 0; all when empty.</summary>
    public IReadOnlyList<int> LayersToTransform { get; init; } = [];

    /// <summary>What stands before a layer's number: <c>layers</c>; anything when empty.</summary>
    public IReadOnlyList<string> LayersPattern { get; init; } = [];

    /// <summary>Ranks of single modules: regular expressions for the ends of paths; the first that fits decides.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> RankPattern { get; init; } = [];

    /// <summary>Modules that are copied whole and trained: <c>lm_head</c>.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>IA3: those of the modules that are scaled at their input; PEFT's default for the model's type when empty.</summary>
    public IReadOnlyList<string> FeedForwardModules { get; init; } = [];

    /// <summary>OFT and BOFT: the rows of a block; LoKr: the factor that dimensions are split by. The method's own default when null.</summary>
    public int? BlockSize { get; init; }

    /// <summary>Prompt methods: the virtual tokens. Trainable tokens: the rows of the embedding that are trained.</summary>
    public int? Tokens { get; init; }

    /// <summary>
    /// How the adapter's weights are stored; F32 when null, which PEFT makes of them whatever the base model is in
    /// (autocast_adapter_dtype). Copies of the base model's modules keep the type of the originals.
    /// </summary>
    public DataType? DataType { get; init; }
}
