using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>
/// The bytes of an element of what recurrences keep: mamba_cache_dtype and mamba_ssm_cache_dtype left at auto. The
/// inputs of a convolution are kept in the model's type; the state too, unless the configuration wants another; Kimi's
/// always in 32 bits. Sources: vllm-project/vllm, vllm/model_executor/layers/mamba/mamba_utils.py
/// (MambaStateDtypeCalculator) and vllm/model_executor/models/config.py (NemotronHForCausalLMConfig,
/// Qwen3_5ForConditionalGenerationConfig).
/// </summary>
/// <param name="ConvolutionBytes">An element of the inputs.</param>
/// <param name="StateBytes">An element of the state.</param>
internal readonly record struct VllmStateTypes(int ConvolutionBytes, int StateBytes)
{
    private const int KimiBytes = 4;

    /// <summary>The types of a model.</summary>
    /// <param name="served">The model.</param>
    public static VllmStateTypes Of(ServedModel served)
    {
        var wanted = served.Architecture.RecurrentStateDataType;
        return new VllmStateTypes(served.ElementBytes, wanted is null ? served.ElementBytes : (int)wanted.GetBytes([1]));
    }

    /// <summary>What a sequence keeps in one layer on one rank.</summary>
    /// <param name="recurrence">The layer.</param>
    /// <param name="ranks">The tensor-parallel ranks.</param>
    /// <param name="drafted">The tokens drafted ahead, each of which a convolution keeps an input for.</param>
    public long BytesOf(RecurrentMixer recurrence, int ranks, int drafted)
    {
        var inputs = recurrence.ConvolutionKernel - 1 + (recurrence is Mamba or ShortConvolution ? 0 : drafted);
        var convolution = inputs > 0 ? checked(ChannelsOf(recurrence, ranks) * inputs * ConvolutionBytes) : 0;
        return checked(convolution + (recurrence.StateElements / ranks * (recurrence is KimiDeltaAttention ? KimiBytes : StateBytes)));
    }

    // Where the ranks do not divide the groups, every rank gets one of its own.
    private static long ChannelsOf(RecurrentMixer recurrence, int ranks)
    {
        return recurrence is Mamba2 mamba && mamba.Groups % ranks != 0
            ? (mamba.InnerSize + (2L * ranks * mamba.StateSize)) / ranks
            : recurrence.ConvolutionChannels / ranks;
    }
}
