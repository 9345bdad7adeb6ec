using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method fp8 and fbgemm_fp8. With a weight_block_size a scale is for a block, else for the whole weight; fbgemm
/// has one for each output. Routers, heads and what modules_to_not_convert names stay. Sources:
/// transformers/integrations/finegrained_fp8.py and fbgemm_fp8.py; vllm, quantization/fp8.py.
/// </summary>
internal static class Fp8Reader
{
    // No field says how the scales of blocks are stored. DeepSeek's and MiniMax's tools keep the F32 that they compute
    // (hub: 41,555,600 elements of F32 in DeepSeek-V3; 230,121,630,720 bytes of MiniMax-M2), Qwen's round to BF16
    // (hub: no F32 in Qwen3-32B-FP8 and Qwen3-30B-A3B-FP8; 37,454,789,472 bytes of Qwen3.6-35B-A3B-FP8).
    private static readonly string[] KnownForSingle = ["deepseek", "minimax"];

    private const string ScaleAssumption =
        "The scale of each block is taken to be stored in F32, as DeepSeek's tools do it; some, as Qwen's, write BF16, which is half of that.";

    /// <summary>Reads quant_method fp8.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var rest = new QuantizationRule(Storage(config));
        IReadOnlyList<QuantizationRule> rules = HasSmallerExperts(config) ? [Experts, rest] : [rest];
        return ModelOptReader.HasLayers(config.Fields)
            ? ModelOptReader.ReadLayers(config, rules)
            : new CheckpointQuantization
            {
                Rules = rules,
                Ignored = config.Modules("modules_to_not_convert", "ignored_layers"),
                LeavesRouters = true,
                Assumptions = Assumptions(config),
            };
    }

    /// <summary>Reads quant_method fbgemm_fp8.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization ReadRows(QuantizationConfig config)
    {
        return new CheckpointQuantization
        {
            Rules = [new(new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32))],
            Ignored = config.Modules("modules_to_not_convert"),
            Assumptions = [QuantizationConfig.Unconfirmed("FBGEMM FP8")],
        };
    }

    private static IReadOnlyList<string> Assumptions(QuantizationConfig config)
    {
        var isKnown = !config.Fields.Has("weight_block_size")
            || config.IsOf(KnownForSingle) || RoundsScales(config) || HasSmallerExperts(config);
        return isKnown ? [] : [ScaleAssumption];
    }

    private static bool RoundsScales(QuantizationConfig config)
    {
        return config.IsOf("qwen");
    }

    // DeepSeek V4: the experts are MXFP4, their exponents called 'scale'; the field stands beside the quantization_config.
    private static QuantizationRule Experts => new(
        new PackedFloatStorage("MXFP4", 32, SafetensorsDataTypes.F8_E8M0) { ScaleName = "scale", CodeType = GgufDataTypes.I8 },
        new ModulePatterns(["experts"]));

    private static bool HasSmallerExperts(QuantizationConfig config)
    {
        return config.Model.OptionalText("expert_dtype") == "fp4";
    }

    private static WeightStorage Storage(QuantizationConfig config)
    {
        var block = config.Fields.IntList("weight_block_size");
        if (block is null)
        {
            var isStatic = config.Fields.OptionalText("activation_scheme") == "static";
            return new TensorScaledStorage("FP8", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, isStatic);
        }

        if (block.Count != 2 || block.Contains(0))
        {
            throw config.Fields.Invalid("weight_block_size", "should be two numbers: rows and columns of a block");
        }

        // Only the files of V4 hold the exponents themselves; others round them to powers of two and keep them as F32.
        var isV4 = HasSmallerExperts(config) || config.Model.ModelType == "deepseek_v4";
        var scaleType = isV4 ? SafetensorsDataTypes.F8_E8M0
            : RoundsScales(config) ? DataTypeCatalogue.BF16
            : DataTypeCatalogue.F32;
        return new BlockScaledStorage("FP8-Block", SafetensorsDataTypes.F8_E4M3, scaleType, block[0], block[1])
        {
            ScaleName = isV4 ? "scale" : "weight_scale_inv",
        };
    }
}
