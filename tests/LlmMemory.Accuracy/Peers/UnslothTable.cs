using System.Linq;

namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// Unsloth's table of VRAM by billions of weights, "the absolute minimum" on one GPU: unsloth.ai/docs,
/// get-started/fine-tuning-for-beginners/unsloth-requirements. Between two lines the value is interpolated.
/// </summary>
internal static class UnslothTable
{
    private const double GB = 1e9;

    private static readonly (double Billions, double FourBit, double SixteenBit)[] Table =
    [
        (3, 3.5, 8), (7, 5, 19), (8, 6, 22), (9, 6.5, 24), (11, 7.5, 29), (14, 8.5, 33), (27, 22, 64), (32, 26, 76), (40, 30, 96),
        (70, 41, 164), (81, 48, 192), (90, 53, 212), (405, 237, 950),
    ];

    public static bool Knows(PeerShape shape)
    {
        return shape.Billions >= Table[0].Billions && shape.Billions <= Table[^1].Billions;
    }

    public static double Adapter(PeerShape shape, bool isFourBit)
    {
        var above = Enumerable.Range(1, Table.Length - 1).First(index => shape.Billions <= Table[index].Billions);
        var (low, high) = (Table[above - 1], Table[above]);
        var share = (shape.Billions - low.Billions) / (high.Billions - low.Billions);
        var (first, last) = isFourBit ? (low.FourBit, high.FourBit) : (low.SixteenBit, high.SixteenBit);
        return (first + (share * (last - first))) * GB;
    }
}
