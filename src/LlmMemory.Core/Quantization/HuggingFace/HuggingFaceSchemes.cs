using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>The ways to store weights that checkpoints on the hub use, by the names that the field has for them.</summary>
public static class HuggingFaceSchemes
{
    private const int TileSize = 128;
    private const int GroupSize = 128;

    /// <summary>All of them, in order of falling size.</summary>
    public static IReadOnlyList<QuantizationScheme> All { get; } =
    [
        new CastScheme(DataTypeCatalogue.F32),
        new CastScheme(DataTypeCatalogue.F16),
        new CastScheme(DataTypeCatalogue.BF16),
        Linear(FloatScaledStorage.PerTensor("FP8", SafetensorsDataTypes.F8_E4M3, hasInputScale: true), DataTypeCatalogue.FP8),
        Linear(FloatScaledStorage.PerChannel("FP8-Channel", SafetensorsDataTypes.F8_E4M3), "8-bit float, a scale for each output"),
        Linear(
            FloatScaledStorage.PerBlock("FP8-Block", SafetensorsDataTypes.F8_E4M3, TileSize, TileSize),
            "8-bit float, a scale for each 128 x 128 weights"),
        Linear(FloatScaledStorage.PerChannel("INT8", GgufDataTypes.I8), DataTypeCatalogue.INT8, "w8a8"),
        Linear(FloatScaledStorage.PerRow("LLM.int8", GgufDataTypes.I8), "bitsandbytes 8-bit, a maximum for each output", "bnbint8", "bnb8bit"),
        Named("GPTQ-INT8", new GptqStorage(8, GroupSize), "GPTQ, 8-bit in groups of 128"),
        Named("NF4", new BlockwiseStorage("NF4", isDouble: false), DataTypeCatalogue.NF4),
        Named("NF4-DQ", new BlockwiseStorage("NF4", isDouble: true), "4-bit NormalFloat with double quantisation"),
        Named("FP4", new BlockwiseStorage("FP4", isDouble: false), "bitsandbytes 4-bit float in blocks of 64"),
        Named("NVFP4", MicroscaledStorage.Nvfp4, GgufDataTypes.NVFP4),
        new LinearScheme(
            MicroscaledStorage.Mxfp4,
            "MXFP4",
            "4-bit float in blocks of 32; of a model with experts, the experts alone",
            GgufDataTypes.MXFP4,
            expertsAlone: true),
        Named("GPTQ-g32", new GptqStorage(4, 32), "GPTQ, 4-bit in groups of 32"),
        Named("GPTQ-g64", new GptqStorage(4, 64), "GPTQ, 4-bit in groups of 64"),
        Named("GPTQ", new GptqStorage(4, GroupSize), "GPTQ, 4-bit in groups of 128", "gptq-int4", "gptq-g128"),
        Named("AWQ", new AwqStorage(GroupSize), "AWQ, 4-bit in groups of 128", "awq-int4", "awq-g128"),
        Named("W4A16", new PackedStorage(GroupSize), "compressed-tensors, 4-bit in groups of 128 without zero points"),
        Named("INT4", new PackedStorage(GroupSize), DataTypeCatalogue.INT4),
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
