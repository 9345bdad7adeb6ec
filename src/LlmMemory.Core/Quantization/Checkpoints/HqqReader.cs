using System.Collections.Generic;
using System.Linq;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// quant_method hqq: all linear layers but skip_modules with the same parameters, or each kind of module with its own.
/// Source: transformers/utils/quantization_config.py (HqqConfig) and quantizers/quantizer_hqq.py.
/// </summary>
internal static class HqqReader
{
    private const string WeightField = "weight_quant_params";

    private const string AttributesAssumption =
        "The attributes that HQQ stores with each weight, about 70 bytes, are left out.";

    private static readonly int[] KnownBits = [1, 2, 3, 4, 5, 6, 8];

    /// <summary>Reads the configuration.</summary>
    /// <param name="config">The configuration.</param>
    public static CheckpointQuantization Read(QuantizationConfig config)
    {
        var settings = config.Fields.Nested("quant_config") ?? throw config.Fields.Missing("quant_config");
        IEnumerable<QuantizationRule> rules = settings.Has(WeightField)
            ? [new QuantizationRule(Storage(config, settings))]
            : config.NamesIn(settings).Select(kind => new QuantizationRule(
                Storage(config, settings.Nested(kind) ?? throw settings.Missing(WeightField)), new ModulePatterns([kind])));
        return new CheckpointQuantization
        {
            Rules = [.. rules],
            Ignored = config.Modules("skip_modules"),
            Assumptions = [AttributesAssumption, QuantizationConfig.Unconfirmed("HQQ")],
        };
    }

    private static HqqStorage Storage(QuantizationConfig config, ModelConfig settings)
    {
        var weight = settings.Nested(WeightField) ?? settings;
        var own = config with { Fields = weight };
        var bits = own.Bits(KnownBits, "nbits");
        if (weight.Bool(false, "quant_zero")
            || weight.Bool(false, "quant_scale")
            || settings.Has("scale_quant_params", "zero_quant_params"))
        {
            throw config.UnknownFormat("HQQ with quantised scales");
        }

        return new HqqStorage(bits == 4 ? "HQQ" : $"HQQ-Int{bits}", bits, own.GroupSize(64, "group_size"))
        {
            GroupsColumns = weight.Count(1, "axis") == 0,
        };
    }
}
