using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method mxfp4, gpt-oss's: the experts in blocks of 32, everything else as it is. Source:
/// transformers/integrations/mxfp4.py (replace_with_mxfp4_linear converts GptOssExperts alone).
/// </summary>
internal static class Mxfp4Reader
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        return new CheckpointQuantization
        {
            Rules = [new(new MicroscalingBlockStorage(), new ModulePatterns(["experts"]))],
            LeavesRouters = true,
            Ignored = config.Modules("modules_to_not_convert"),
        };
    }
}
