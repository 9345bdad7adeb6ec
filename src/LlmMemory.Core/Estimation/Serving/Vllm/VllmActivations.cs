using System;
using LlmMemory.Estimation.Comparison;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// The peak of vLLM's profile run: the larger of one full forward pass and one full sampling step, and the workspace of
/// the experts. The form of the law was found on 56 logged runs; its coefficients follow from those of Llama (14.88 bytes
/// for a logit), Qwen2.5 (14.82) and CodeLlama (4.2 hidden widths) alone, and the workspace from the source
/// (vllm/model_executor/layers/fused_moe/modular_kernel.py). Source of the runs: llm-d-incubation/llm-d-planner,
/// accuracy/results/v0.19.0; docs/serving.md.
/// </summary>
internal sealed class VllmActivations
{
    /// <summary>The component.</summary>
    public const string Name = LogFigureNames.Activations;

    private const double HiddenCopies = 4.2;

    private const int ElementBytes = 2;

    private readonly VllmSettings _settings;
    private readonly VllmProfile _profile;
    private readonly ForwardWidths _widths;
    private readonly long _vocabulary;
    private readonly bool _hasWorkspace;

    /// <summary>Reads the widths.</summary>
    public VllmActivations(ServedModel served, VllmSettings settings, VllmProfile profile)
    {
        _settings = settings;
        _profile = profile;
        _widths = served.Widths;
        _vocabulary = served.Architecture.VocabularySize;

        // The kernels for MXFP4 have no workspace of their own.
        _hasWorkspace = _widths.Expert > 0 && served.Model.Quantization != "MXFP4" && served.Model.DataType != "MXFP4";
    }

    /// <summary>What a forward pass over a full batch takes.</summary>
    public long ForwardBytes => Rounded(
        ElementBytes * _settings.BatchedTokens * ((_widths.DenseMatrices * _widths.Dense / (double)_settings.TensorParallel) + (HiddenCopies * _widths.Hidden)));

    /// <summary>What sampling takes with as many sequences as there may be.</summary>
    public long SamplerBytes => Rounded(
        (_profile.SamplerBytesPerLogit * _settings.Sequences * _vocabulary)
        + (ElementBytes * (double)(_settings.BatchedTokens + _settings.Sequences) * _widths.Hidden));

    /// <summary>What the experts' kernels keep; 0 for a dense model.</summary>
    public long WorkspaceBytes => _hasWorkspace
        ? Rounded(
            ElementBytes * (double)_settings.BatchedTokens * _widths.ExpertsPerToken
            * (Math.Max(2.0 * _widths.Expert / _settings.TensorParallel, _widths.Hidden) + (_widths.Expert / (double)_settings.TensorParallel)))
        : 0;

    /// <summary>The peak of a stage.</summary>
    /// <param name="samples">True for the last stage, which samples.</param>
    public long PeakBytes(bool samples)
    {
        return (samples ? Math.Max(ForwardBytes, SamplerBytes) : ForwardBytes + HandOverBytes) + WorkspaceBytes;
    }

    // A stage that hands its hidden states and residuals on holds them twice.
    private long HandOverBytes => checked(2 * ElementBytes * _settings.BatchedTokens * _widths.Hidden);

    /// <summary>The peak in words and numbers.</summary>
    public string Describe(bool samples)
    {
        var larger = samples && SamplerBytes > ForwardBytes
            ? $"sampling {_settings.Sequences} sequences x {_vocabulary} logits x {_profile.SamplerBytesPerLogit} bytes"
            : $"forward pass over {_settings.BatchedTokens} tokens x ({_widths.DenseMatrices} x {_widths.Dense} / {_settings.TensorParallel} + {HiddenCopies} x {_widths.Hidden}) x 2 bytes";
        return _hasWorkspace ? larger + $" + workspace of {_widths.ExpertsPerToken} experts per token" : larger;
    }

    private static long Rounded(double bytes)
    {
        return checked((long)Math.Round(bytes));
    }
}
