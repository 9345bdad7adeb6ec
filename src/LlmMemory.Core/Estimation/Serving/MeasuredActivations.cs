using System;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// What a pass holds, by a law that was measured on runs of TensorRT-LLM and of SGLang: 2 bytes x tokens x hidden width
/// x a coefficient that falls with the ranks. Source: ai-dynamo/aiconfigurator, src/aiconfigurator/sdk/backends
/// (_get_memory_usage of trtllm_backend.py and sglang_backend.py).
/// </summary>
/// <param name="Dense">The coefficients of models without experts, for 1, 2, 4 and 8 ranks.</param>
/// <param name="Experts">Those of models with experts.</param>
/// <param name="Factor">What the result is multiplied with.</param>
/// <param name="MinimumMiB">What is held at the least.</param>
internal sealed record MeasuredActivations(double[] Dense, double[] Experts, double Factor, long MinimumMiB)
{
    private const int ElementBytes = 2;

    /// <summary>TensorRT-LLM's.</summary>
    public static MeasuredActivations TensorRtLlm { get; } = new([11, 6.5, 5, 5], [22, 13, 10, 10], 1, 70);

    /// <summary>SGLang's.</summary>
    public static MeasuredActivations Sglang { get; } = new([14, 8.5, 6.5, 6.5], [28, 17, 13, 13], 1.15, 90);

    /// <summary>The coefficient of a model.</summary>
    /// <param name="widths">The model's widths.</param>
    /// <param name="ranks">The tensor-parallel ranks; between those that were measured, the next lower counts.</param>
    public double Coefficient(ForwardWidths widths, int ranks)
    {
        var measured = widths.Expert > 0 ? Experts : Dense;
        return Factor * measured[ranks switch { >= 8 => 3, >= 4 => 2, >= 2 => 1, _ => 0 }];
    }

    /// <summary>The bytes on one rank.</summary>
    /// <param name="widths">The model's widths.</param>
    /// <param name="tokens">The tokens of one pass.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    public long BytesOf(ForwardWidths widths, long tokens, int ranks)
    {
        var bytes = checked((long)Math.Round(Coefficient(widths, ranks) * ElementBytes * tokens * widths.Hidden));
        return Math.Max(bytes, MinimumMiB << 20);
    }
}
