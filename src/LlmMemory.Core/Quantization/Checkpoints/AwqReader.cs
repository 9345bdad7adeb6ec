using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method awq: every linear layer but heads, routers and what modules_to_not_convert names. Sources:
/// transformers/utils/quantization_config.py (AwqConfig); casper-hansen/AutoAWQ, awq/modules/linear/gemm.py, whose
/// layout exllama and ipex share. A 70B Llama in AWQ has its published 39,767,785,472 bytes, and the elements by type of
/// Qwen2.5-7B-Instruct-AWQ agree to the last one.
/// </summary>
internal static class AwqReader
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var version = (config.Fields.OptionalText("version") ?? "gemm").ToUpperInvariant();
        if (version is not ("GEMM" or "EXLLAMA" or "IPEX") || config.Fields.OptionalText("backend") == "llm-awq")
        {
            throw config.UnknownFormat("AWQ for " + version);
        }

        var bits = config.Bits([4, 8], "bits", "w_bit");
        var groupSize = config.GroupSize(128, "group_size", "q_group_size");
        return new CheckpointQuantization
        {
            Rules = [new(new AwqStorage("AWQ", bits, groupSize))],
            Ignored = config.Modules("modules_to_not_convert"),
            LeavesTowers = true,
            LeavesRouters = true,
        };
    }
}
