using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization;

/// <summary>
/// What a checkpoint says about its quantisation: which modules are stored how, and which stay. Applied to the plain
/// tensors of the model it gives those that lie in the checkpoint.
/// </summary>
internal sealed record CheckpointQuantization
{
    private const string RouterAssumption =
        "The quantisation does not name the routers of the experts; they are taken to stay as they are, as engines want them.";

    /// <summary>The rules; the first that is for a module decides.</summary>
    public required IReadOnlyList<QuantizationRule> Rules { get; init; }

    /// <summary>Modules that stay as they are, whatever the rules say.</summary>
    public ModulePatterns Ignored { get; init; } = ModulePatterns.None;

    /// <summary>True where the head is converted like any linear layer.</summary>
    public bool IncludesHead { get; init; }

    /// <summary>True where towers and projectors stay as they are, because what was quantised is the language model alone.</summary>
    public bool LeavesTowers { get; init; }

    /// <summary>True where the method is known to leave routers as they are, named or not.</summary>
    public bool LeavesRouters { get; init; }

    /// <summary>How the scales of cached keys and values are stored; null where there are none.</summary>
    public CacheScales? CacheScales { get; init; }

    /// <summary>The data type that keys and values are meant to be cached in; null where nothing is said.</summary>
    public string? KvCacheDataType { get; init; }

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>What the formats are called: <c>NVFP4 + FP8</c>.</summary>
    public string Name => string.Join(
        " + ", Rules.Select(rule => rule.Storage?.Name).Where(name => name is not null).Distinct(StringComparer.Ordinal));

    /// <summary>What was taken for granted, with what depends on the tensors of the model.</summary>
    /// <param name="weights">The plain tensors.</param>
    public IEnumerable<string> AssumptionsFor(TensorInventory weights)
    {
        var effort = new MatchEffort();
        return !LeavesRouters && weights.Any(tensor => IsUnnamedRouter(tensor, effort)) ? Assumptions.Append(RouterAssumption) : Assumptions;
    }

    /// <summary>The tensors as they are stored.</summary>
    /// <param name="weights">The plain tensors.</param>
    /// <exception cref="Errors.LlmMemoryException">Finding out which modules are meant takes too long.</exception>
    public TensorInventory Apply(TensorInventory weights)
    {
        var effort = new MatchEffort();
        return new TensorInventory([.. weights.SelectMany(tensor => Store(tensor, effort).Concat(CacheScales?.Beside(tensor) ?? []))]);
    }

    private IEnumerable<ModelTensor> Store(ModelTensor tensor, MatchEffort effort)
    {
        if (!LinearWeights.Contains(tensor) || (LeavesTowers && IsOfTower(tensor)) || StorageOf(tensor, effort) is not { } storage)
        {
            return [tensor];
        }

        var matrix = new WeightMatrix(tensor);
        return storage.CanStore(matrix) ? storage.Store(matrix) : [tensor];
    }

    private bool IsUnnamedRouter(ModelTensor tensor, MatchEffort effort)
    {
        if (tensor.RoleKind != TensorRole.Router || !LinearWeights.Contains(tensor) || Rules.All(rule => rule.Targets is not null))
        {
            return false;
        }

        var module = ModulePath.Of(tensor);
        return !Ignored.Match(module, effort) && !Rules.Any(rule => rule.Targets?.Match(module, effort) == true);
    }

    private static bool IsOfTower(ModelTensor tensor)
    {
        return tensor.PartKind is ModelPart.Vision or ModelPart.Audio or ModelPart.Projector;
    }

    private WeightStorage? StorageOf(ModelTensor tensor, MatchEffort effort)
    {
        var module = ModulePath.Of(tensor);
        return Ignored.Match(module, effort)
            ? null
            : Rules.FirstOrDefault(rule => Concerns(rule, tensor, module, effort))?.Storage;
    }

    private bool Concerns(QuantizationRule rule, ModelTensor tensor, string module, MatchEffort effort)
    {
        return rule.Targets is { } targets
            ? targets.Match(module, effort)
            : LinearWeights.IsConvertedByDefault(tensor) || (IncludesHead && tensor.RoleKind == TensorRole.Head);
    }
}
