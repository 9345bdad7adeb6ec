using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// A model's tensors as convert_hf_to_gguf writes them: without towers, without copies of tied weights, with or
/// without the layers that draft further tokens. Source: ggml-org/llama.cpp, conversion/*.py.
/// </summary>
internal static class GgufConversion
{
    private static readonly ModelPart[] Converted = [ModelPart.Text, ModelPart.Encoder, ModelPart.Mtp];

    private static readonly TensorRole[] LeftOut = [TensorRole.Duplicate, TensorRole.Buffer, TensorRole.Scale];

    /// <summary>The model in GGUF. A model that has been read from a GGUF file stays as it is.</summary>
    /// <param name="weights">Its tensors.</param>
    /// <param name="architecture">How it is built.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.GgufConversionUnknown"/>; or <see cref="ErrorIds.ModelAlreadyQuantized"/>: codes of several
    /// weights share an element.
    /// </exception>
    public static GgufConverted Convert(TensorInventory weights, ModelArchitecture? architecture)
    {
        if (architecture is null)
        {
            throw new LlmMemoryException(
                ErrorIds.GgufConversionUnknown,
                null,
                "Only the tensors of this model are known, not how it is built, so the types that a GGUF mixture gives them "
                + "cannot be told. Give the model's folder with its config.json.");
        }

        if (weights.FirstOrDefault(tensor => tensor.WeightsPerTensor > tensor.Elements) is { } packed)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelAlreadyQuantized,
                packed.Quantization,
                $"{packed.Name} is {packed.Quantization} already, several weights to an element, and is not converted. "
                + "Give the model that it was made from, or leave -DataType out for its own size.");
        }

        var isGguf = weights.Any(tensor => tensor.Name is "token_embd.weight");
        var name = isGguf ? GgufArchitectures.OfFile(architecture.ModelType) : GgufArchitectures.Find(architecture.ModelType);
        var tensors = isGguf ? [.. weights] : ConvertTensors(weights, architecture, name);
        return new GgufConverted(tensors, GgufTraitsReader.Read(name, architecture, tensors));
    }

    private static List<ModelTensor> ConvertTensors(TensorInventory weights, ModelArchitecture architecture, string name)
    {
        var layers = architecture.Layers.Count;
        var kept = weights.Where(tensor => IsConverted(tensor, name)).ToList();
        var groups = kept.GroupBy(tensor => (tensor.PartKind, Layer: LayerOf(tensor, layers)));
        List<ModelTensor> tensors = [.. groups.SelectMany(group => new GgufLayerConverter(
            name,
            PrefixOf(group.Key.PartKind, group.Key.Layer, name),
            group.Key.Layer,
            architecture.HiddenSize,
            [.. group]).Convert())];
        tensors.AddRange(GgufRotaryTables.Of(architecture, name));
        return tensors;
    }

    private static bool IsConverted(ModelTensor tensor, string architecture)
    {
        return Converted.Contains(tensor.PartKind)
            && !LeftOut.Contains(tensor.RoleKind)
            && tensor.RoleKind != TensorRole.Pooler
            && (tensor.PartKind != ModelPart.Mtp || GgufArchitectures.KeepsDrafts(architecture));
    }

    // Layers that draft are counted on from the decoder's; what lies around them goes into the first.
    private static int? LayerOf(ModelTensor tensor, int decoderLayers)
    {
        return tensor.PartKind != ModelPart.Mtp ? tensor.Layer
            : tensor.Layer is { } layer && layer >= decoderLayers ? layer
            : decoderLayers + (tensor.Layer ?? 0);
    }

    private static string PrefixOf(ModelPart part, int? layer, string architecture)
    {
        var stack = architecture != "t5" ? string.Empty : part == ModelPart.Encoder ? "enc." : "dec.";
        return layer is { } number ? string.Format(CultureInfo.InvariantCulture, "{0}blk.{1}.", stack, number) : string.Empty;
    }
}
