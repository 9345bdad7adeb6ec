using System;
using System.Linq;
using LlmMemory.Estimation.Cases;
using LlmMemory.Hardware;
using LlmMemory.Models;

namespace LlmMemory.Planning.Deployments;

/// <summary>
/// The most tokens that a copy of a served model can turn out in a second, by what memory can be read and what can be
/// computed: a bound that no engine reaches, not a forecast. Each token that is written reads all weights that it uses
/// once for all requests, and the cache of each request; each token that is read or written takes two operations for
/// each weight. Source: the roofline model (Williams et al., doi:10.1145/1498765.1498785); Pope et al., arXiv:2211.05102.
/// </summary>
internal sealed class Roofline
{
    private readonly double? _bandwidth;
    private readonly double? _operations;
    private readonly double _weightBytes;
    private readonly double _activeParameters;
    private readonly double _cacheBytes;
    private readonly long _requests;

    private Roofline(ServingCase served, MemoryFit fit, Gpu gpu, int gpus)
    {
        var model = served.Prepared.Model;
        _bandwidth = gpu.BandwidthGBps * 1e9 * gpus;
        _operations = OperationsOf(gpu, model) * 1e12 * gpus;
        _weightBytes = model.Tensors.Where(tensor => IsRead(tensor, model)).Sum(ActiveBytes);
        _activeParameters = model.Tensors.Where(tensor => IsRead(tensor, model)).Sum(tensor => (double)tensor.ActiveParameters);
        _requests = fit.Needed.Concurrency ?? 1;
        _cacheBytes = fit.Needed.KvCacheBytes ?? 0;
    }

    /// <summary>The bounds of a plan; null for one that serves nothing, or on devices whose speed is not known.</summary>
    public static Roofline? Of(DeploymentTrial trial)
    {
        return trial is { Case: ServingCase served, Fit: { } fit, Offloads: false } && trial.Candidate.Gpu is { } gpu
            ? new Roofline(served, fit, gpu, trial.GpusPerCopy)
            : null;
    }

    /// <summary>Tokens that are written in a second, all requests of a copy at their full length together.</summary>
    public double? DecodeTokensPerSecond => Least(_bandwidth * _requests / (_weightBytes + _cacheBytes), _operations / (2 * _activeParameters));

    /// <summary>Tokens of prompts that are read in a second.</summary>
    public double? PrefillTokensPerSecond => _operations / (2 * _activeParameters);

    private static double? Least(double? one, double? other)
    {
        return one is null || other is null ? one ?? other : Math.Min(one.Value, other.Value);
    }

    private static double ActiveBytes(ModelTensor tensor)
    {
        return tensor.Parameters == 0 ? 0 : tensor.Bytes * ((double)tensor.ActiveParameters / tensor.Parameters);
    }

    // Of an embedding one row is read for a token; as the head of a model that ties them, all of it.
    private static bool IsRead(ModelTensor tensor, LlmModel model)
    {
        return tensor.PartKind == ModelPart.Text && (tensor.RoleKind != TensorRole.Embedding || model.Architecture?.TiesEmbeddings == true);
    }

    // Weights in 4 bits and in ggml's blocks are computed with in 16 bits, where no format of the hardware says otherwise.
    private static double? OperationsOf(Gpu gpu, LlmModel model)
    {
        var format = model.Quantization ?? model.DataType;
        return format switch
        {
            _ when format.StartsWith("FP8", StringComparison.OrdinalIgnoreCase) => gpu.Fp8Tflops ?? gpu.Bf16Tflops,
            _ when format.Contains("FP4") => gpu.Fp4Tflops ?? gpu.Fp8Tflops ?? gpu.Bf16Tflops,
            _ => gpu.Bf16Tflops,
        };
    }
}
