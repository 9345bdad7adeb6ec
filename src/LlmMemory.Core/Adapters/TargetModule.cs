using LlmMemory.Adapters.Modules;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>A module that an adapter stands beside, or several alike.</summary>
/// <param name="Module">The module.</param>
/// <param name="Path">Its path, or that of a single one of several.</param>
/// <param name="Count">How many of them are adapted.</param>
/// <param name="Rank">The rank of each; 0 for methods without one.</param>
internal sealed record TargetModule(ModelModule Module, string Path, long Count, int Rank)
{
    /// <summary>The length of what goes in.</summary>
    public long Inputs { get; init; } = Module.Inputs;

    /// <summary>The length of what comes out.</summary>
    public long Outputs { get; init; } = Module.Outputs;

    /// <summary>The base model's weight.</summary>
    public ModelTensor Weight { get; init; } = Module.Weight;

    /// <summary>The experts whose matrices are stacked in the weight; 1 for a plain matrix.</summary>
    public long Experts { get; init; } = 1;

    /// <summary>True for an embedding.</summary>
    public bool IsEmbedding => Module.Kind == ModuleKind.Embedding;
}
