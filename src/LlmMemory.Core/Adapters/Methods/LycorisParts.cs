using System;
using System.Collections.Generic;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// LoHa: the elementwise product of two low-rank pairs. LoKr: the Kronecker product of a small matrix and a large one,
/// which is a low-rank pair itself unless the rank is half its length or more. Sources: huggingface/peft
/// src/peft/tuners/loha/layer.py and lokr/layer.py (LoKrLayer.update_layer, factorization).
/// </summary>
internal static class LycorisParts
{
    /// <summary>LoHa's tensors beside one module.</summary>
    public static IEnumerable<AdapterPart> Loha(TargetModule target)
    {
        return
        [
            new AdapterPart("hada_w1_a", target.Outputs, target.Rank),
            new AdapterPart("hada_w1_b", target.Rank, target.Inputs),
            new AdapterPart("hada_w2_a", target.Outputs, target.Rank),
            new AdapterPart("hada_w2_b", target.Rank, target.Inputs),
        ];
    }

    /// <summary>LoKr's tensors beside one module; decompose_both is off, as it is by default.</summary>
    public static IEnumerable<AdapterPart> Lokr(TargetModule target, AdapterSettings settings)
    {
        var (smallIn, largeIn) = Split(target.Inputs, settings.BlockSize);
        var (smallOut, largeOut) = Split(target.Outputs, settings.BlockSize);
        var small = new AdapterPart("lokr_w1", smallOut, smallIn);
        return 2L * target.Rank < Math.Max(largeOut, largeIn)
            ? [small, new AdapterPart("lokr_w2_a", largeOut, target.Rank), new AdapterPart("lokr_w2_b", target.Rank, largeIn)]
            : [small, new AdapterPart("lokr_w2", largeOut, largeIn)];
    }

    // Two factors of a length: the one that is asked for where it divides; else the two that lie closest to each other,
    // the smaller not above the one that is asked for.
    private static (long Small, long Large) Split(long length, int? factor)
    {
        if (factor is { } wanted && length % wanted == 0)
        {
            return (wanted, length / wanted);
        }

        if (length > int.MaxValue)
        {
            throw AdapterErrors.Setting(length, $"LoKr cannot split a length of {length}: no model has one above {int.MaxValue}.");
        }

        var small = 1L;
        for (var divisor = 2L; divisor <= (factor ?? length) && divisor * divisor <= length; divisor++)
        {
            small = length % divisor == 0 ? divisor : small;
        }

        return (small, length / small);
    }
}
