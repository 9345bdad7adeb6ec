using System;
using LlmMemory.Core.Tests.Training;

namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// What Megatron-LM reports of itself, NVIDIA/Megatron-LM megatron/training/theoretical_memory_usage.py @00caa53
/// (report_theoretical_memory), for one stage. It has formulas of activations with sequence parallelism under selective
/// recomputation, and without sequence parallelism for all else; experts count whole on each rank.
/// </summary>
internal static class MegatronReport
{
    public static double Bytes(PeerShape shape, MegatronRunRow row)
    {
        var tensorParallel = row.Number("tp");
        var multiple = 128L * tensorParallel;
        var vocabulary = (shape.Vocabulary + multiple - 1) / multiple * multiple;
        var perParameter = row.Number("distributed") == 1 ? 6 + (12d / row.Number("dp")) : 18;
        var hasSelective = row.Number("sp") == 1 && row.Cells["recompute"] == "Selective";
        return (Parameters(shape, vocabulary, row.Number("tied") == 1) / tensorParallel * perParameter)
            + (hasSelective ? WithSequenceParallel(shape, row, vocabulary) : WithoutSequenceParallel(shape, row, vocabulary));
    }

    private static double Parameters(PeerShape shape, long vocabulary, bool isTied)
    {
        var attention = 2d * shape.Hidden * shape.Heads * shape.HeadSize * (1 + ((double)shape.KeyValueHeads / shape.Heads));
        var widths = (shape.Intermediate * Math.Max(1, shape.Experts)) + shape.SharedIntermediate;
        var layer = (2d * shape.Hidden * ((widths * shape.Matrices / 2d) + 2)) + attention;
        return (layer * shape.Layers) + (2 * shape.Hidden) + ((isTied ? 1 : 2) * shape.Hidden * vocabulary);
    }

    private static double WithSequenceParallel(PeerShape shape, MegatronRunRow row, long vocabulary)
    {
        var tokens = Tokens(row);
        var wide = (double)(row.Number("ffn") == 0 ? shape.Intermediate : row.Number("ffn")) / shape.Hidden;
        var layers = tokens * shape.Hidden * (18 + (4 * wide)) * shape.Layers;
        return (layers + Embedding(shape, tokens) + (tokens * shape.Hidden * 4 * (1 + ((double)vocabulary / shape.Hidden)))) / row.Number("tp");
    }

    private static double WithoutSequenceParallel(PeerShape shape, MegatronRunRow row, long vocabulary)
    {
        var tokens = Tokens(row);
        var layers = tokens * shape.Hidden * (10 + (24d / row.Number("tp"))) * shape.Layers;
        return 1.05 * (layers + Embedding(shape, tokens) + (2 * tokens * (((double)vocabulary / row.Number("tp")) + shape.Hidden)));
    }

    private static double Embedding(PeerShape shape, double tokens)
    {
        return tokens * (8 + shape.Hidden);
    }

    private static double Tokens(MegatronRunRow row)
    {
        return (double)row.Number("sequence") * row.Number("micro_batch");
    }
}
