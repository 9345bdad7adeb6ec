using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization;

/// <summary>
/// What a checkpoint says about its quantisation: which modules are stored how, and which stay. Applied to the plain
/// tensors of the model it gives those that lie in the checkpoint. Scales of keys and values, two numbers for a layer,
/// are left out.
/// </summary>
internal sealed record CheckpointQuantization
{
    /// <summary>The rules; the first that is for a module decides.</summary>
    public required IReadOnlyList<QuantizationRule> Rules { get; init; }

    /// <summary>Modules that stay as they are, whatever the rules say.</summary>
    public ModulePatterns Ignored { get; init; } = ModulePatterns.None;

    /// <summary>True where the head is converted like any linear layer.</summary>
    public bool IncludesHead { get; init; }

    /// <summary>True where towers and projectors stay as they are, because what was quantised is the language model alone.</summary>
    public bool LeavesTowers { get; init; }

    /// <summary>The data type that keys and values are meant to be cached in; null where nothing is said.</summary>
    public string? KvCacheDataType { get; init; }

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>What the formats are called: <c>NVFP4 + FP8</c>.</summary>
    public string Name => string.Join(
        " + ", Rules.Select(rule => rule.Storage?.Name).Where(name => name is not null).Distinct(StringComparer.Ordinal));

    /// <summary>The tensors as they are stored.</summary>
    /// <param name="weights">The plain tensors.</param>
    /// <exception cref="Errors.LlmMemoryException">Finding out which modules are meant takes too long.</exception>
    public TensorInventory Apply(TensorInventory weights)
    {
        var matching = new Stopwatch();
        return new TensorInventory([.. weights.SelectMany(tensor => Store(tensor, matching))]);
    }

    private IEnumerable<ModelTensor> Store(ModelTensor tensor, Stopwatch matching)
    {
        if (!LinearWeights.Contains(tensor) || (LeavesTowers && IsOfTower(tensor)) || StorageOf(tensor, matching) is not { } storage)
        {
            return [tensor];
        }

        var matrix = new WeightMatrix(tensor);
        return storage.CanStore(matrix) ? storage.Store(matrix) : [tensor];
    }

    private static bool IsOfTower(ModelTensor tensor)
    {
        return tensor.PartKind is ModelPart.Vision or ModelPart.Audio or ModelPart.Projector;
    }

    private WeightStorage? StorageOf(ModelTensor tensor, Stopwatch matching)
    {
        var module = ModulePath.Of(tensor);
        matching.Start();
        try
        {
            return Ignored.Match(module, matching)
                ? null
                : Rules.FirstOrDefault(rule => Concerns(rule, tensor, module, matching))?.Storage;
        }
        finally
        {
            matching.Stop();
        }
    }

    private bool Concerns(QuantizationRule rule, ModelTensor tensor, string module, Stopwatch matching)
    {
        return rule.Targets is { } targets
            ? targets.Match(module, matching)
            : LinearWeights.IsConvertedByDefault(tensor) || (IncludesHead && tensor.RoleKind == TensorRole.Head);
    }
}
