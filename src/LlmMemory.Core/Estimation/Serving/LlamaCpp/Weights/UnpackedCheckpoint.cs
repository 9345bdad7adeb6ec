using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Quantization.Gguf;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Weights;

/// <summary>
/// A checkpoint whose weights are packed, as convert_hf_to_gguf takes it: unpacked to 16 bits, but for MXFP4 and
/// NVFP4, whose blocks GGUF has too. Source: ggml-org/llama.cpp v0.5.0, conversion/base.py (dequant_model,
/// _generate_nvfp4_tensors) and conversion/gpt_oss.py.
/// </summary>
internal static class UnpackedCheckpoint
{
    private static readonly DataType[] Kept = [GgufDataTypes.MXFP4, GgufDataTypes.NVFP4];

    /// <summary>True where elements hold several weights, so that shapes are not those of the model.</summary>
    /// <param name="model">The model.</param>
    public static bool IsPacked(LlmModel model)
    {
        return model.Architecture is not null && model.Tensors.Any(tensor => tensor.WeightsPerTensor > tensor.Elements);
    }

    /// <summary>The model in GGUF.</summary>
    /// <param name="model">The model, packed.</param>
    public static GgufConverted Convert(LlmModel model)
    {
        var converted = GgufConversion.Convert(model.Architecture!.ToInventory(DataTypeCatalogue.BF16), model.Architecture);
        var kept = model.Tensors
            .Select(tensor => (Place: (tensor.Layer, Kind(tensor)), Type: Kept.FirstOrDefault(type => type.Name == tensor.Quantization)))
            .Where(pair => pair.Type is not null)
            .GroupBy(pair => pair.Place)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First().Type!);
        return converted with { Tensors = [.. converted.Tensors.Select(tensor => Repacked(tensor, kept))] };
    }

    private static ModelTensor Repacked(ModelTensor tensor, Dictionary<(int?, TensorRole), DataType> kept)
    {
        return IsMatrix(tensor) && kept.TryGetValue((tensor.Layer, Kind(tensor)), out var type) ? tensor.As(type) : tensor;
    }

    // A bias of experts has two lengths, and is no matrix.
    private static bool IsMatrix(ModelTensor tensor)
    {
        return tensor.Shape.Count >= (tensor.Experts > 0 ? 3 : 2);
    }

    // Gate and up of experts are one tensor in some checkpoints, and two in GGUF.
    private static TensorRole Kind(ModelTensor tensor)
    {
        return tensor.RoleKind is TensorRole.ExpertGateUp or TensorRole.ExpertUp ? TensorRole.ExpertGate : tensor.RoleKind;
    }
}
