using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Says what was taken for granted, what llama.cpp would clamp, and what the buffers leave out.</summary>
internal static class LlamaCppAssumptions
{
    /// <summary>The sentences.</summary>
    /// <param name="request">The model, laid out.</param>
    /// <param name="method">How compute buffers were found.</param>
    public static IEnumerable<string> Of(ComputeRequest request, ComputeMethod method)
    {
        return [.. OfModel(request.Model), .. OfContext(request), .. OfPlacement(request), .. OfAttention(request), .. OfHost(request), .. OfFurtherModels(request.Settings), .. OfCompute(request, method)];
    }

    private static IEnumerable<string> OfModel(LlamaCppModel model)
    {
        if (model.IsUnpacked)
        {
            yield return "The checkpoint's packed weights become 16-bit in GGUF, but for those in MXFP4 and NVFP4, which stay.";
        }
    }

    private static IEnumerable<string> OfContext(ComputeRequest request)
    {
        var (settings, context) = (request.Settings, request.Context);
        if (settings.ContextLength is null)
        {
            yield return Text("The context length is the model's own, {0} tokens; llama-server itself shortens it where it does not fit.", request.Model.TrainedLength!);
        }
        else if (settings.ContextLength != context.ContextLength)
        {
            yield return Text("llama.cpp rounds a context of {0} tokens to {1}.", settings.ContextLength, context.ContextLength);
        }

        if (settings.Slots is null)
        {
            yield return Text("llama-server serves {0} slots that share one cache.", context.Slots);
        }

        if (settings.BatchSize != context.BatchSize)
        {
            yield return Text("A batch of {0} tokens is longer than the context: llama.cpp takes {1}.", settings.BatchSize, context.BatchSize);
        }

        if (settings.MicroBatchSize > context.MicroBatchSize)
        {
            yield return Text("A micro batch of {0} tokens is longer than the batch: llama.cpp takes {1}.", settings.MicroBatchSize, context.MicroBatchSize);
        }

        if (request.Model.TrainedLength is { } trained && context.SequenceLength > Alignment.Up(trained, Alignment.Cells))
        {
            yield return Text("A sequence of {0} tokens is longer than the {1} that the model was made for: llama.cpp warns, and runs.", context.SequenceLength, trained);
        }
    }

    private static IEnumerable<string> OfPlacement(ComputeRequest request)
    {
        var (settings, placement) = (request.Settings, request.Placement);
        if (placement.GpuCount > 0 && settings.GpuLayers is null)
        {
            yield return "All layers lie on GPUs; llama.cpp itself offloads as many as fit.";
        }

        if (settings.GpuLayers > placement.Layers + 1)
        {
            yield return Text("{0} layers are asked for on GPUs, and the model has {1} with the output: llama.cpp takes all.", settings.GpuLayers, placement.Layers + 1);
        }

        if (settings.DeviceCount == 0 && settings.GpuLayers > 0)
        {
            yield return "There is no GPU: layers that are asked for on one lie on the host.";
        }

        if (placement.GpuCount > 1 && settings.TensorSplit.Count == 0)
        {
            yield return "All GPUs have the same memory free: llama.cpp shares layers out by it.";
        }

        if (placement.GpuCount > 0)
        {
            yield return "GPUs are CUDA devices: other backends align and pad tensors otherwise.";
        }
    }

    private static IEnumerable<string> OfAttention(ComputeRequest request)
    {
        if (request.Settings.FlashAttention == FlashAttentionMode.Auto)
        {
            yield return "Flash attention is on: llama.cpp takes it wherever the device has it for the model's head size.";
        }

        if (request.Model.Caches.IgnoresWindows)
        {
            yield return Text("llama.cpp has no sliding cache for {0}: all layers keep all tokens.", request.Model.Architecture);
        }

        if (request.Model.FileLayers > request.Model.Layers.Count)
        {
            yield return "Layers that draft tokens are not loaded, as llama.cpp has it unless they are asked for.";
        }
    }

    private static IEnumerable<string> OfHost(ComputeRequest request)
    {
        yield return request.Settings.MemoryMap
            ? "Weights on the host are pages of the mapped file: the system may drop them and read them again."
            : "Weights on the host are read into memory of their own.";
        yield return "The prompt cache of llama-server, up to 8 GiB of host memory unless --cache-ram says otherwise, is not counted.";
        if (request.Settings.DeviceCount > 0 && request.Settings.DeviceOverheadBytes is null)
        {
            yield return "What CUDA takes on each GPU was measured on one card; others take some 100 MiB more or less.";
        }
    }

    private static IEnumerable<string> OfFurtherModels(LlamaCppSettings settings)
    {
        if (settings.Projector is not null)
        {
            yield return "What a projector computes with is two fifths of its weights, as measured on a few; it depends on the size of images.";
        }

        if (settings.Adapters.Count > 0)
        {
            yield return "Adapters add operations to the graph; what these hold is not counted.";
        }

        if (settings.Draft is not null)
        {
            yield return "The draft model has the context and slots of the model, and a cache in F16.";
        }
    }

    // Measured on shared/data/llamacpp-buffers.csv as if each graph were unknown; facts/llamacpp.md for unseen models.
    private static IEnumerable<string> OfCompute(ComputeRequest request, ComputeMethod method)
    {
        if (method == ComputeMethod.ClosedForm)
        {
            yield return Text("The graph of {0} is not planned here: compute buffers are in closed form, which is 1.8 % off in the mean on models that it was not made for, and a third too small or half too large at worst.", request.Model.Architecture);
        }
        else if (GraphCatalogue.Find(request.Model.Architecture)?.Evidence == GraphEvidence.Source)
        {
            yield return Text("The graph of {0} follows llama.cpp's source; its compute buffers have not been compared with llama.cpp's own.", request.Model.Architecture);
        }

        if (method == ComputeMethod.Emulated && request.Placement.GpuCount > 1)
        {
            yield return "Compute buffers are those of llama.cpp's own forecast, which forgets that normalisations are forced to the GPU of their layer: with several GPUs a run may need less on all but the first.";
        }

        if (method == ComputeMethod.Emulated && request.Settings.CudaFusion && request.Shape.Mixture is not null && request.Placement.GpuCount > 0)
        {
            yield return "CUDA fuses operations of mixtures of experts and keeps what they need; GGML_CUDA_DISABLE_FUSION=1 and other devices need less.";
        }
    }

    private static string Text(string format, params object?[] values)
    {
        return string.Format(CultureInfo.InvariantCulture, format, values);
    }
}
