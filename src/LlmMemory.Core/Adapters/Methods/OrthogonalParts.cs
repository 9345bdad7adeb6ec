using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// OFT rotates the inputs of a module in blocks; BOFT does so with full square blocks and a scale for each output, and
/// keeps a permutation of all inputs as a matrix. Sources: huggingface/peft src/peft/tuners/oft/layer.py (OFTLayer,
/// OFTRotationModule, adjust_oft_parameters) and boft/layer.py (BOFTLayer.update_layer) with one butterfly factor.
/// </summary>
internal static class OrthogonalParts
{
    /// <summary>OFT's tensors beside one module: the upper triangle of each block, and where its elements lie.</summary>
    public static IEnumerable<AdapterPart> Oft(TargetModule target, AdapterSettings settings)
    {
        var blocks = settings.Rank is { } rank
            ? Divisor(target.Inputs, rank)
            : target.Inputs / Divisor(target.Inputs, settings.BlockSize ?? 1);
        var size = target.Inputs / blocks;
        var elements = checked(size * (size - 1) / 2);
        return
        [
            new AdapterPart("oft_R.weight", blocks, elements),
            new AdapterPart("oft_R.rows", elements) { StoredAs = GgufDataTypes.I64 }.AsBuffer(),
            new AdapterPart("oft_R.cols", elements) { StoredAs = GgufDataTypes.I64 }.AsBuffer(),
        ];
    }

    /// <summary>BOFT's tensors beside one module.</summary>
    public static IEnumerable<AdapterPart> Boft(TargetModule target, AdapterSettings settings)
    {
        var size = settings.BlockSize ?? 1;
        if (target.Inputs % size != 0)
        {
            throw AdapterErrors.Setting(
                size,
                $"BOFT cannot rotate the {target.Inputs} inputs of {Quoted.Value(target.Path)} in blocks of {size}, which do not divide them. "
                + "A good -BlockSize is 4.");
        }

        return
        [
            new AdapterPart("boft_R", 1, target.Inputs / size, size, size),
            new AdapterPart("boft_s", target.Outputs, 1),
            new AdapterPart("boft_P", 1, target.Inputs, target.Inputs) { StoredAs = DataTypeCatalogue.F32 }.AsBuffer(),
        ];
    }

    // The divisor that lies nearest to what is asked for, the lower of two; PEFT warns that it has adjusted it.
    private static long Divisor(long length, long wanted)
    {
        if (wanted >= length)
        {
            return length;
        }

        // One divides everything, so that the distance is never above what is asked for.
        for (var distance = 0L; ; distance++)
        {
            if (length % (wanted - distance) == 0)
            {
                return wanted - distance;
            }

            if (length % (wanted + distance) == 0)
            {
                return wanted + distance;
            }
        }
    }
}
