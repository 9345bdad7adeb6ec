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

    private static readonly string[] Stacks = ["enc.", "dec.", "v.", "a."];

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
        var end = name.Length - ending.Length;
        var stack = Array.Find(Stacks, candidate => StartsWith(name, 0, candidate)) ?? string.Empty;
        var start = stack.Length;
        var layer = TakeLayer(name, ref start, end);
        return new GgufTensorName(
            stack.TrimEnd('.'), layer, WithoutExpert(name.Substring(start, end - start)), ending.TrimStart('.'));
    }

    private static bool StartsWith(string name, int start, string part)
    {
        return string.CompareOrdinal(name, start, part, 0, part.Length) == 0;
    }

    private static int? TakeLayer(string name, ref int start, int end)
    {
        var first = start + Block.Length;
        var dot = StartsWith(name, start, Block) && first < end ? name.IndexOf('.', first, end - first) : -1;
        if (dot < 0 || !IsNumber(name.Substring(first, dot - first), out var layer))
        {
            return null;
        }

        start = dot + 1;
        return layer;
    }

    // Before experts were put into one tensor, each had its own: ffn_gate.7.
    private static string WithoutExpert(string stem)
    {
        var dot = stem.LastIndexOf('.');
        return dot > 0 && stem.StartsWith("ffn_", StringComparison.Ordinal) && IsNumber(stem.Substring(dot + 1), out _)
            ? stem.Substring(0, dot) + "_exps"
            : stem;
    }

    private static bool IsNumber(string text, out int number)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
