using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The recurrences of a GGUF model. Which tensors a layer has says which kind it is; the ssm keys have the dimensions,
/// under the names that Mamba gave them. Source: ggml-org/llama.cpp, src/models/{mamba-base,delta-net-base,lfm2}.cpp.
/// </summary>
internal sealed class GgufRecurrenceReader
{
    private readonly GgufHyperparameters _hyperparameters;
    private readonly int _hiddenSize;

    /// <summary>Prepares reading.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    public GgufRecurrenceReader(GgufHyperparameters hyperparameters, int hiddenSize)
    {
        _hyperparameters = hyperparameters;
        _hiddenSize = hiddenSize;
    }

    /// <summary>The recurrence of a layer; null where it has none, or one whose dimensions the file does not have.</summary>
    /// <param name="layer">The layer.</param>
    public TokenMixer? Read(GgufLayer layer)
    {
        if (layer.Has("shortconv.conv"))
        {
            return new ShortConvolution { HiddenSize = _hiddenSize, ConvolutionKernel = Of("shortconv.l_cache") };
        }

        if (!layer.Has("ssm_conv1d") || Of("ssm.inner_size") * Of("ssm.state_size") * Of("ssm.time_step_rank") == 0)
        {
            return layer.Has("ssm_conv1d_q") && Of("kda.head_dim") > 0 ? KimiDelta(layer) : null;
        }

        return layer switch
        {
            _ when layer.Has("ssm_x") => Mamba(),
            _ when layer.Has("ssm_ba") || layer.Has("ssm_alpha") => GatedDelta(),
            _ => Mamba2(layer),
        };
    }

    private Mamba Mamba()
    {
        return new Mamba
        {
            HiddenSize = _hiddenSize,
            InnerSize = Of("ssm.inner_size"),
            StateSize = Of("ssm.state_size"),
            TimeStepRank = Of("ssm.time_step_rank"),
            HasPlainInnerNorms = _hyperparameters.Flag("ssm.dt_b_c_rms"),
            ConvolutionKernel = Of("ssm.conv_kernel"),
        };
    }

    private Mamba2 Mamba2(GgufLayer layer)
    {
        var heads = Of("ssm.time_step_rank");
        return new Mamba2
        {
            HiddenSize = _hiddenSize,
            Heads = heads,
            HeadSize = Of("ssm.inner_size") / heads,
            Groups = Of("ssm.group_count"),
            StateSize = Of("ssm.state_size"),
            HasGatedNorm = layer.Has("ssm_norm"),
            ConvolutionKernel = Of("ssm.conv_kernel"),
        };
    }

    private GatedDeltaNet GatedDelta()
    {
        var valueHeads = Of("ssm.time_step_rank");
        return new GatedDeltaNet
        {
            HiddenSize = _hiddenSize,
            KeyHeads = Of("ssm.group_count"),
            ValueHeads = valueHeads,
            KeyHeadSize = Of("ssm.state_size"),
            ValueHeadSize = Of("ssm.inner_size") / valueHeads,
            ConvolutionKernel = Of("ssm.conv_kernel"),
        };
    }

    private KimiDeltaAttention KimiDelta(GgufLayer layer)
    {
        var headSize = Of("kda.head_dim");
        return new KimiDeltaAttention
        {
            HiddenSize = _hiddenSize,
            Heads = (layer.RowsOf("attn_q") ?? 0) / headSize,
            HeadSize = headSize,
            HasFullRankGate = layer.Has("ssm_g"),
            ConvolutionKernel = Of("ssm.conv_kernel"),
        };
    }

    private int Of(string key)
    {
        return _hyperparameters.Dimension(key) ?? 0;
    }
}
