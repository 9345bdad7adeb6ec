using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>The ways to store weights that checkpoints on the hub use, by the names that the field has for them.</summary>
public static class HuggingFaceSchemes
{
    private const int GroupSize = 128;

    /// <summary>All of them, in order of falling size.</summary>
    public static IReadOnlyList<QuantizationScheme> All { get; } =
    [
        new CastScheme(DataTypeCatalogue.F32),
        new CastScheme(DataTypeCatalogue.F16),
        new CastScheme(DataTypeCatalogue.BF16),
        Linear(
            new TensorScaledStorage("FP8", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, HasInputScale: true),
            DataTypeCatalogue.FP8),
        Linear(
            new RowScaledStorage("FP8-Channel", SafetensorsDataTypes.F8_E4M3, ScaleType: null),
            "8-bit float, a scale for each output"),
        Linear(
            new BlockScaledStorage("FP8-Block", SafetensorsDataTypes.F8_E4M3, DataTypeCatalogue.F32, 128, 128),
            "8-bit float, a scale for each 128 x 128 weights"),
        Linear(PackedFloats.MxFp8, "8-bit float, an exponent for each 32 weights"),
        Linear(new RowScaledStorage("INT8", GgufDataTypes.I8, ScaleType: null), DataTypeCatalogue.INT8, "w8a8"),
        Linear(new BitsAndBytes8Storage(), "bitsandbytes 8-bit, a maximum for each output", "bnbint8", "bnb8bit"),
        Named("GPTQ-INT8", new GptqStorage("GPTQ", 8, GroupSize), "GPTQ, 8-bit in groups of 128"),
        Linear(new BitsAndBytes4Storage("NF4", "nf4", IsDouble: false), DataTypeCatalogue.NF4),
        Linear(new BitsAndBytes4Storage("NF4-DQ", "nf4", IsDouble: true), "4-bit NormalFloat with double quantisation"),
        Linear(new BitsAndBytes4Storage("FP4", "fp4", IsDouble: false), "bitsandbytes 4-bit float in blocks of 64"),
        Linear(PackedFloats.NvFp4OfModelOpt(quantizesInputs: true), GgufDataTypes.NVFP4),
        new LinearScheme(
            new MicroscalingBlockStorage(),
            "MXFP4",
            "4-bit float in blocks of 32; of a model with experts, the experts alone",
            GgufDataTypes.MXFP4,
            expertsAlone: true),
        Named("GPTQ-g32", new GptqStorage("GPTQ", 4, 32), "GPTQ, 4-bit in groups of 32"),
        Linear(new HqqStorage("HQQ", 4, 64), "HQQ, 4-bit in groups of 64"),
        Named("GPTQ-g64", new GptqStorage("GPTQ", 4, 64), "GPTQ, 4-bit in groups of 64"),
        Linear(new GptqStorage("GPTQ", 4, GroupSize), "GPTQ, 4-bit in groups of 128", "gptq-int4", "gptq-g128"),
        Named("GPTQ-channel", new GptqStorage("GPTQ", 4, 0), "GPTQ, 4-bit with one scale for each output"),
        Linear(new AwqStorage("AWQ", 4, GroupSize), "AWQ, 4-bit in groups of 128", "awq-int4", "awq-g128"),
        Linear(
            new PackedIntegerStorage("W4A16", 4, GroupSize), "compressed-tensors, 4-bit in groups of 128 without zero points"),
        Named("INT4", new PackedIntegerStorage("W4A16", 4, GroupSize), DataTypeCatalogue.INT4),
    ];

    private static LinearScheme Linear(WeightStorage storage, string description, params string[] aliases)
    {
        return Named(storage.Name, storage, description, aliases);
    }

    private static LinearScheme Linear(WeightStorage storage, DataType dataType, params string[] aliases)
    {
        return Named(storage.Name, storage, dataType, aliases);
    }

    private static LinearScheme Named(string name, WeightStorage storage, string description, params string[] aliases)
    {
        return new LinearScheme(storage, name, description, aliases: aliases);
    }

    private static LinearScheme Named(string name, WeightStorage storage, DataType dataType, params string[] aliases)
    {
        return new LinearScheme(storage, name, dataType.Description, dataType, aliases: [.. dataType.Aliases, .. aliases]);
    }
}
