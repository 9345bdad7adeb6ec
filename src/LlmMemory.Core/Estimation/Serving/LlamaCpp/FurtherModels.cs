using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// What is loaded beside the model: towers, LoRA adapters, a model that drafts. Sources: ggml-org/llama.cpp v0.5.0,
/// tools/mtmd/clip.cpp, src/llama-adapter.cpp, common/speculative.cpp (common_base_params_to_speculative).
/// </summary>
internal static class FurtherModels
{
    /// <summary>Their buffers.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="placement">Where the model's layers lie.</param>
    public static IEnumerable<LlamaCppBuffer> Of(LlamaCppSettings settings, LlamaCppPlacement placement)
    {
        var projector = settings.Projector is { } towers ? OfProjector(towers, placement) : [];
        var adapters = settings.Adapters.SelectMany(adapter => OfAdapter(adapter, settings, placement));
        var draft = settings.DraftModel is { } model ? OfDraft(model.Value, settings) : [];
        return [.. projector, .. adapters, .. draft];
    }

    // The whole of it lies on one device: the first GPU that there is.
    private static IEnumerable<LlamaCppBuffer> OfProjector(LlmModel projector, LlamaCppPlacement placement)
    {
        var device = placement.GpuCount > 0 ? placement.FirstGpu : LlamaCppPlacement.Host;
        var weights = projector.Tensors.Sum(_ => true, tensor => SizeOf(tensor, device));
        yield return new LlamaCppBuffer(
            LlamaCppBufferKind.Model, "Projector: Weights", device, weights, () => "all tensors of the mmproj file", LlamaCppSources.Projector);
        yield return new LlamaCppBuffer(
            LlamaCppBufferKind.Compute,
            "Projector: Compute",
            device,
            weights / 5 * 2,
            () => "two fifths of its weights; not derived, measured on a few models only",
            LlamaCppSources.Projector);
    }

    // Each pair of matrices lies where the matrix lies that it is added to.
    private static IEnumerable<LlamaCppBuffer> OfAdapter(LlmModel adapter, LlamaCppSettings settings, LlamaCppPlacement placement)
    {
        var bytes = new DeviceBytes(settings.DeviceCount);
        foreach (var tensor in adapter.Tensors)
        {
            var device = DeviceOf(tensor, placement);
            bytes.Add(device, SizeOf(tensor, device));
        }

        for (var device = LlamaCppPlacement.Host; device < settings.DeviceCount; device++)
        {
            if (bytes[device] > 0)
            {
                yield return new LlamaCppBuffer(
                    LlamaCppBufferKind.Model, $"Adapter {adapter.Name}: Weights", device, bytes[device], () => "all tensors of the adapter", LlamaCppSources.Adapter);
            }
        }
    }

    private static int DeviceOf(ModelTensor tensor, LlamaCppPlacement placement)
    {
        var layer = tensor.Layer ?? GgufTensorName.Parse(tensor.Name).Layer;
        return layer is { } number && number < placement.Layers ? placement[number]
            : tensor.Name.Contains("embd") || tensor.Name.Contains("embed_tokens") ? LlamaCppPlacement.Host
            : placement.Output;
    }

    private static long SizeOf(ModelTensor tensor, int device)
    {
        var bytes = tensor.StoredAs.GetBytes(tensor.Shape);
        var row = tensor.Shape.Count == 0 ? 1 : tensor.Shape[tensor.Shape.Count - 1];
        return tensor.Count * (device == LlamaCppPlacement.Host ? Alignment.OnHost(bytes) : Alignment.OnGpu(bytes, tensor.StoredAs, row));
    }

    // The draft has the context, batches and slots of the model, its own layers on GPUs, and a cache in half precision.
    private static IEnumerable<LlamaCppBuffer> OfDraft(LlamaCppModel draft, LlamaCppSettings settings)
    {
        var memory = LlamaCppMemory.Of(draft, settings with
        {
            GpuLayers = settings.DraftGpuLayers,
            KeyCacheType = DataTypeCatalogue.F16,
            ValueCacheType = DataTypeCatalogue.F16,
            MaxOutputs = settings.Slots ?? LlamaCppContext.DefaultSlots,
            CpuMoe = false,
            CpuMoeLayers = 0,
            TensorOverrides = [],
            Projector = null,
            Adapters = [],
            Draft = null,
        });
        return memory.Buffers.Where(buffer => buffer.Kind != LlamaCppBufferKind.Overhead || buffer.Gpu is null).Select(buffer => buffer.Of("Draft"));
    }
}
