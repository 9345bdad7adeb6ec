using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Adapters.Targets;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>Puts the defaults in the place of what a specification does not say.</summary>
internal static class AdapterSettingsReader
{
    /// <summary>The settings.</summary>
    public static AdapterSettings Read(LlmModel model, AdapterSpecification specification, AdapterMethod method, ModelModules modules)
    {
        return new AdapterSettings
        {
            Method = method,
            Rank = specification.Rank ?? method.DefaultRank,
            BlockSize = specification.BlockSize ?? (specification.Rank is null || !method.RankCountsBlocks ? method.DefaultBlockSize : null),
            Tokens = specification.Tokens ?? 0,
            FeedForwardModules = FeedForward(specification, method, modules),
            StoredAs = specification.DataType ?? DataTypeCatalogue.F32,
            BaseType = BaseTypes(model),
        };
    }

    private static IReadOnlyList<string> FeedForward(AdapterSpecification specification, AdapterMethod method, ModelModules modules)
    {
        if (method != AdapterMethod.Ia3 || specification.FeedForwardModules.Count > 0)
        {
            return specification.FeedForwardModules;
        }

        return (modules.ModelType is { } type ? TargetDefaults.Ia3FeedForward(type) : null)
            ?? throw AdapterErrors.Setting(
                modules.ModelType,
                $"PEFT does not know which modules of a model of type '{modules.ModelType ?? "unknown"}' are feed-forward ones, whose inputs IA3 scales. "
                + "Say them: -FeedForwardModules down_proj.");
    }

    // A copy is as the original; an original that is packed is copied in the type that the embedding is in.
    private static Func<ModelTensor, DataType> BaseTypes(LlmModel model)
    {
        var types = new Dictionary<string, DataType>(StringComparer.Ordinal);
        foreach (var tensor in model.Tensors.Where(tensor => tensor.WeightsPerTensor == tensor.Elements))
        {
            types[tensor.Name] = tensor.StoredAs;
        }

        var embedding = model.Tensors.FirstOrDefault(tensor => tensor.RoleKind == TensorRole.Embedding)?.StoredAs ?? DataTypeCatalogue.Default;
        return tensor => types.TryGetValue(tensor.Name, out var type) ? type : embedding;
    }
}
