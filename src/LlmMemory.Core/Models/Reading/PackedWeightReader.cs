using System;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Tells how many weights the codes of a module hold, by what stands beside them: shapes before configuration, because
/// mixed checkpoints differ from module to module. Sources as in <see cref="PackedEndings"/>.
/// </summary>
internal sealed class PackedWeightReader
{
    private const int MaxBits = 8;

    private readonly PackingConfig _config;

    /// <summary>Reads modules of one checkpoint.</summary>
    /// <param name="config">What its configuration says about the packing.</param>
    public PackedWeightReader(PackingConfig config)
    {
        _config = config;
    }

    /// <summary>What the codes hold; null for plain weights.</summary>
    /// <param name="module">The module.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.PackedWeightsUnknown"/>.</exception>
    public PackedWeight? Read(PackedModule module)
    {
        return module.CodeEnding switch
        {
            "qweight" => ReadGrouped(module, module.Get("qweight")!),
            "weight_packed" => ReadPacked(module, module.Get("weight_packed")!),
            "_blocks" => new PackedWeight("MXFP4", Two(module.Get("_blocks")!)),
            "W_q" when module.Get("scale") is { } scale => ReadHqq(module.Get("W_q")!, scale),
            "codes" when module.Get("codebooks") is { } books => ReadCodebooks(module.Get("codes")!, books),
            "weight" => ReadWeight(module, module.Get("weight")!),
            "" => ReadBare(module, module.Get(string.Empty)!),
            _ => null,
        };
    }

    // GPTQ packs along the inputs, AWQ along the outputs; the zero points have as many bits as the weights.
    private PackedWeight ReadGrouped(PackedModule module, SafetensorsTensor codes)
    {
        var scales = module.Get("scales");
        var zeros = module.Get("qzeros");
        var bits = scales is null || zeros is null ? null : Ratio(BitsOf(zeros), Elements(scales));
        var packsInputs = scales is null || Columns(codes) == Columns(scales);
        return new PackedWeight(packsInputs ? "GPTQ" : "AWQ", BitsOf(codes) / (bits ?? _config.Bits ?? throw Unknown(codes)));
    }

    private PackedWeight ReadPacked(PackedModule module, SafetensorsTensor codes)
    {
        var scale = module.Get("weight_scale");
        if (codes.DataType == SafetensorsDataTypes.U8)
        {
            return new PackedWeight(FloatFormat(scale), Two(codes));
        }

        var bits = _config.BitsOf(Columns(codes), scale is null ? 0 : Columns(scale)) ?? throw Unknown(codes);

        // Codes that do not fill an element lie without gaps, or, in files of older tools, leave its last bits empty;
        // groups tell how many there are.
        var isFilled = ElementBits(codes) % bits == 0;
        var groups = isFilled || scale is null ? null : _config.GroupSize * Elements(scale);
        return new PackedWeight($"INT{bits}", groups ?? (BitsOf(codes) / bits));
    }

    // HQQ: a scale for each group, which lies in a row, or in a column whose length the configuration tells.
    private PackedWeight ReadHqq(SafetensorsTensor codes, SafetensorsTensor scale)
    {
        var size = Columns(scale) == 1 ? Columns(codes) : _config.HqqGroupSize ?? throw Unknown(codes);
        return new PackedWeight("HQQ", checked(Elements(scale) * size));
    }

    // AQLM: [outputs, inputs, codebooks] of codes; [codebooks, entries, outputs, inputs of a group] of what they stand for.
    private static PackedWeight? ReadCodebooks(SafetensorsTensor codes, SafetensorsTensor books)
    {
        return codes.Shape.Count == 3 && books.Shape.Count == 4
            ? new PackedWeight("AQLM", checked(codes.Shape[0] * codes.Shape[1] * books.Shape[2] * books.Shape[3]))
            : null;
    }

    private PackedWeight? ReadWeight(PackedModule module, SafetensorsTensor codes)
    {
        if (codes.DataType == SafetensorsDataTypes.U8 && module.Endings.Any(ending => ending.StartsWith("weight.", StringComparison.Ordinal)))
        {
            var isFp4 = module.Endings.Any(ending => ending.EndsWith("__fp4", StringComparison.Ordinal));
            return new PackedWeight(isFp4 ? "FP4" : "NF4", Two(codes));
        }

        if (codes.DataType == SafetensorsDataTypes.U32 && module.Get("scales") is not null)
        {
            return new PackedWeight("MLX", BitsOf(codes) / (_config.BitsOfModule(codes.Name) ?? throw Unknown(codes)));
        }

        var isHalfBytes = codes.DataType == SafetensorsDataTypes.U8 && module.Get("weight_scale") is not null;
        return isHalfBytes ? new PackedWeight(FloatFormat(module.Get("weight_scale")), Two(codes)) : ReadBare(module, codes);
    }

    private static PackedWeight? ReadBare(PackedModule module, SafetensorsTensor codes)
    {
        if (codes.DataType == GgufDataTypes.I8 && module.Get("scale")?.DataType == SafetensorsDataTypes.F8_E8M0)
        {
            // DeepSeek V4 declares pairs of 4-bit floats as signed bytes.
            return new PackedWeight("MXFP4", Two(codes));
        }

        var format = codes.DataType.BlockCodeBits > MaxBits ? null
            : codes.DataType == SafetensorsDataTypes.F8_E4M3 || codes.DataType == SafetensorsDataTypes.F8_E5M2 ? "FP8"
            : codes.DataType == GgufDataTypes.I8 && module.Endings.Count() > 1 ? "INT8"
            : codes.DataType == SafetensorsDataTypes.F4 ? "FP4"
            : null;
        return format is null ? null : new PackedWeight(format, Elements(codes));
    }

    // Blocks of 16 have 8-bit floats for scales, blocks of 32 powers of two; integers have floats.
    private static string FloatFormat(SafetensorsTensor? scale)
    {
        return scale is null || scale.DataType == SafetensorsDataTypes.F8_E4M3 ? "NVFP4"
            : scale.DataType == SafetensorsDataTypes.U8 || scale.DataType == SafetensorsDataTypes.F8_E8M0 ? "MXFP4"
            : "INT4";
    }

    private static long Two(SafetensorsTensor codes)
    {
        return checked(Elements(codes) * 2);
    }

    private static int? Ratio(long bits, long elements)
    {
        return elements > 0 && bits % elements == 0 && bits / elements is > 0 and <= MaxBits and var ratio ? (int)ratio : null;
    }

    private static long BitsOf(SafetensorsTensor tensor)
    {
        return checked(Elements(tensor) * ElementBits(tensor));
    }

    private static int ElementBits(SafetensorsTensor tensor)
    {
        return tensor.DataType.BlockCodeBits;
    }

    private static long Elements(SafetensorsTensor tensor)
    {
        return tensor.Shape.Aggregate(1L, (product, length) => checked(product * length));
    }

    private static long Columns(SafetensorsTensor tensor)
    {
        return tensor.Shape.Count == 0 ? 1 : tensor.Shape[tensor.Shape.Count - 1];
    }

    private static LlmMemoryException Unknown(SafetensorsTensor codes)
    {
        return new LlmMemoryException(
            ErrorIds.PackedWeightsUnknown,
            codes.Name,
            $"How many weights one element of {Quoted.Value(codes.Name)} holds cannot be told from its shape. "
            + "Put the config.json of the model beside its files: its quantization_config says so, as in \"bits\": 4.");
    }
}
