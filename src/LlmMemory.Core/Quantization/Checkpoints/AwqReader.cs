using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method awq: every linear layer but heads, routers and what modules_to_not_convert names. Source:
/// transformers/utils/quantization_config.py (AwqConfig); casper-hansen/AutoAWQ.
/// </summary>
internal static class AwqReader
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var bits = config.Bits([4, 8], "bits", "w_bit");
        var groupSize = config.GroupSize(128, "group_size", "q_group_size");
        return new CheckpointQuantization
        {
            Rules = [new(new AwqStorage("AWQ", bits, groupSize))],
            Ignored = config.Modules("modules_to_not_convert"),
            LeavesTowers = true,
        };
    }
}
