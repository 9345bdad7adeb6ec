using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>Makes a model of what the headers of safetensors files say, and of the configuration beside them.</summary>
internal static class SafetensorsModelReader
{
    /// <summary>The model.</summary>
    /// <param name="shards">The tensors of all files.</param>
    /// <param name="config">The configuration, null where there is none.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="location">Where it lies, null for a stream.</param>
    /// <param name="options">What the user says about it.</param>
    /// <param name="modelOpt">The hf_quant_config.json beside the configuration, null where there is none.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.PackedWeightsUnknown"/>, <see cref="ErrorIds.ModelTooLarge"/>, or what a named architecture raises.
    /// </exception>
    public static LlmModel Read(
        SafetensorsShards shards, ModelConfig? config, string name, string? location, ModelReadingOptions options, ModelConfig? modelOpt = null)
    {
        try
        {
            return Build(shards, CheckpointConfig.Read(config, modelOpt, options), name, location, options);
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelTooLarge,
                name,
                $"The model that {Quoted.Value(name)} describes does not fit 64 bits: a dimension in it must be wrong.",
                overflow);
        }
    }

    private static LlmModel Build(
        SafetensorsShards shards, CheckpointConfig config, string name, string? location, ModelReadingOptions options)
    {
        var all = SafetensorsTensorList.Read(shards.Tensors, config);
        var marked = config.TiesEmbeddings ? SafetensorsDuplicates.Mark(all) : all;
        var kept = options.TextOnly ? [.. marked.Where(tensor => !IsTower(tensor))] : marked;
        var tensors = new TensorInventory(kept);
        return new LlmModel(name, ModelSource.Safetensors, tensors, config.Architecture)
        {
            Location = location,
            ModelType = config.ModelType is { Length: > 0 } type ? type : null,
            DataType = tensors.MostUsedDataType ?? string.Empty,
            Quantization = MostUsedFormat(tensors),
            KvCacheDataType = config.KvCacheDataType,
            ContextLength = config.ContextLength,
            Verification = options.Architecture is null ? ModelVerification.Read : ModelVerification.Overridden,
            Assumptions = new([.. config.Assumptions, .. Assumptions(shards, config, tensors, left: marked.Count - kept.Count)]),
        };
    }

    private static IEnumerable<string> Assumptions(SafetensorsShards shards, CheckpointConfig config, TensorInventory tensors, int left)
    {
        var stored = shards.Tensors.Sum(tensor => tensor.Bytes);
        if (shards.IndexedBytes is { } indexed && indexed != stored)
        {
            yield return $"The index says that the files hold {indexed} bytes of weights; they hold {stored}, which is what counts here.";
        }

        if (left > 0)
        {
            yield return "The language model alone is counted, without the towers and projectors that stand beside it.";
        }

        if (tensors.FirstOrDefault(IsUnknownPacking) is { } packed)
        {
            yield return $"{packed.Name} and perhaps others hold integers in a packing that is not known; each counts as one weight.";
        }

        if (config.ExpertsPerToken is null && tensors.Any(tensor => tensor.Experts == 0 && IsExpert(tensor)))
        {
            yield return "How many experts a token passes is not said; all of them count as active.";
        }
    }

    private static bool IsUnknownPacking(ModelTensor tensor)
    {
        return tensor.Quantization is null && tensor.Parameters > 0 && tensor.StoredAs.Name[0] is 'I' or 'U';
    }

    private static bool IsExpert(ModelTensor tensor)
    {
        return tensor.RoleKind is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertDown or TensorRole.ExpertGateUp;
    }

    private static bool IsTower(ModelTensor tensor)
    {
        return tensor.PartKind is ModelPart.Vision or ModelPart.Audio or ModelPart.Projector;
    }

    private static string? MostUsedFormat(TensorInventory tensors)
    {
        return tensors
            .Where(tensor => tensor.Quantization is not null)
            .GroupBy(tensor => tensor.Quantization)
            .OrderByDescending(group => group.Sum(tensor => tensor.Parameters))
            .Select(group => group.Key)
            .FirstOrDefault();
    }
}
