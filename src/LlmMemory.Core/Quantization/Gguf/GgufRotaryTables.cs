using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// The tables of rotary factors that a file has for models whose positions are stretched. Source: ggml-org/llama.cpp,
/// conversion/{llama, exaone, deci, phi, minicpm}.py (generate_extra_tensors).
/// </summary>
internal static class GgufRotaryTables
{
    private static readonly HashSet<string> Llama3 =
        ["llama", "llama4", "smollm3", "arcee", "apertus", "granite", "granitemoe", "afmoe", "exaone", "exaone4", "deci"];

    private static readonly HashSet<string> LongRope = ["phi3", "phimoe", "minicpm", "minicpm3"];

    /// <summary>The tables, none for most models.</summary>
    /// <param name="model">How the model is built.</param>
    /// <param name="architecture">The architecture's name in GGUF.</param>
    public static IEnumerable<ModelTensor> Of(ModelArchitecture model, string architecture)
    {
        return model.RotaryScaling switch
        {
            { Kind: "llama3" } scaling when Llama3.Contains(architecture) => [Table("rope_freqs", scaling.Factors)],
            { Kind: "longrope" or "su" or "yarn", HasLongFactors: true } scaling when LongRope.Contains(architecture) =>
                [Table("rope_factors_long", scaling.Factors), Table("rope_factors_short", scaling.Factors)],
            _ => [],
        };
    }

    private static ModelTensor Table(string stem, int factors)
    {
        return new ModelTensor(stem + ".weight", ModelPart.Text, TensorRole.Buffer, null, [factors], DataTypeCatalogue.F32);
    }
}
