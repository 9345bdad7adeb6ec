using System;
using System.Linq;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// Which device each layer lies on, and the output after them. Source: ggml-org/llama.cpp v0.5.0, src/llama-model.cpp
/// (load_tensors, get_layer_buft_list).
/// </summary>
internal sealed class LlamaCppPlacement
{
    /// <summary>The host's number among the devices.</summary>
    public const int Host = -1;

    private readonly int[] _devices;

    /// <summary>Places the layers.</summary>
    /// <param name="settings">The settings, checked.</param>
    /// <param name="layers">All layers of the file, those that draft included.</param>
    public LlamaCppPlacement(LlamaCppSettings settings, int layers)
    {
        var isSingle = settings.SplitMode == LlamaCppSplitMode.None;
        FirstGpu = isSingle ? settings.MainGpu : 0;
        GpuCount = settings.DeviceCount == 0 ? 0 : isSingle ? 1 : settings.DeviceCount;
        AskedGpuLayers = settings.GpuLayers ?? layers + 1;
        _devices = new int[layers + 1];
        var ends = ShareEnds(settings);
        var first = Math.Max(layers + 1 - AskedGpuLayers, 0);
        var count = GpuCount == 0 ? 0 : Math.Min(AskedGpuLayers, layers + 1);
        for (var i = 0; i <= layers; i++)
        {
            _devices[i] = i < first || i - first >= count ? Host : FirstGpu + Gpu(ends, (float)(i - first) / count);
        }
    }

    /// <summary>The GPUs that are used.</summary>
    public int GpuCount { get; }

    /// <summary>The number of the first of them.</summary>
    public int FirstGpu { get; }

    /// <summary>The layers that were asked to lie on GPUs, the output included.</summary>
    public int AskedGpuLayers { get; }

    /// <summary>The layers of the file, without the output.</summary>
    public int Layers => _devices.Length - 1;

    /// <summary>The device that the output lies on.</summary>
    public int Output => _devices[Layers];

    /// <summary>True where everything that can lies on GPUs, so that several of them may work in turns.</summary>
    public bool IsFull => AskedGpuLayers > Layers;

    /// <summary>The device of a layer.</summary>
    /// <param name="layer">Its number.</param>
    public int this[int layer] => _devices[layer];

    // llama.cpp computes with floats here, and where a layer comes to lie depends on their rounding.
    private float[] ShareEnds(LlamaCppSettings settings)
    {
        var ends = new float[GpuCount];
        var hasShares = settings.TensorSplit.Any(share => share != 0);
        var sum = 0f;
        for (var i = 0; i < ends.Length; i++)
        {
            sum += !hasShares ? 1f : i < settings.TensorSplit.Count ? (float)settings.TensorSplit[i] : 0f;
            ends[i] = sum;
        }

        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] /= sum;
        }

        return ends;
    }

    private static int Gpu(float[] ends, float position)
    {
        var gpu = 0;
        while (gpu < ends.Length - 1 && ends[gpu] <= position)
        {
            gpu++;
        }

        return gpu;
    }
}
