using System;
using System.Globalization;

namespace LlmMemory.Models.Reading;

/// <summary>
/// A tensor's name in a GGUF file, taken apart: <c>blk.3.ffn_gate_exps.weight</c> is the stack blk, the layer 3, the
/// stem ffn_gate_exps and the ending weight. Source: ggml-org/llama.cpp, src/llama-arch.cpp and tools/mtmd/clip-impl.h.
/// </summary>
internal sealed class GgufTensorName
{
    private const string Block = "blk.";

    private static readonly string[] Endings = [".weight", ".bias", ".scale", ".input_scale"];

    private GgufTensorName(string stack, int? layer, string stem, string ending)
    {
        Stack = stack;
        Layer = layer;
        Stem = stem;
        Ending = ending;
    }

    /// <summary>What stands before the layers' name: enc, dec, v, a, or nothing.</summary>
    public string Stack { get; }

    /// <summary>The layer, null outside the layers.</summary>
    public int? Layer { get; }

    /// <summary>What it is: attn_q, ffn_down.</summary>
    public string Stem { get; }

    /// <summary>weight, bias, scale or input_scale; empty where the name has none of them.</summary>
    public string Ending { get; }

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">The name.</param>
    public static GgufTensorName Parse(string name)
    {
        var ending = Array.Find(Endings, candidate => name.EndsWith(candidate, StringComparison.Ordinal)) ?? string.Empty;
        var rest = name.Substring(0, name.Length - ending.Length);
        var stack = string.Empty;
        foreach (var candidate in new[] { "enc", "dec", "v", "a" })
        {
            if (rest.StartsWith(candidate + ".", StringComparison.Ordinal))
            {
                stack = candidate;
                rest = rest.Substring(candidate.Length + 1);
                break;
            }
        }

        return new GgufTensorName(stack, TakeLayer(ref rest), WithoutExpert(rest), ending.TrimStart('.'));
    }

    private static int? TakeLayer(ref string rest)
    {
        if (!rest.StartsWith(Block, StringComparison.Ordinal))
        {
            return null;
        }

        var end = rest.IndexOf('.', Block.Length);
        if (end < 0 || !IsNumber(rest.Substring(Block.Length, end - Block.Length), out var layer))
        {
            return null;
        }

        rest = rest.Substring(end + 1);
        return layer;
    }

    // Before experts were put into one tensor, each had its own: ffn_gate.7.
    private static string WithoutExpert(string stem)
    {
        var dot = stem.LastIndexOf('.');
        return dot > 0 && IsNumber(stem.Substring(dot + 1), out _) && stem.StartsWith("ffn_", StringComparison.Ordinal)
            ? stem.Substring(0, dot) + "_exps"
            : stem;
    }

    private static bool IsNumber(string text, out int number)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
