using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>
/// LitGPT's loss: the head works on a number of positions of each sample at a time, and the loss on as many. One copy of
/// the logits that was measured is not explained by the source.
/// </summary>
/// <param name="Positions">Positions of each sample in a chunk.</param>
internal sealed record RowChunkedLoss(int Positions) : LossPath
{
    private const string Source = "Lightning-AI/litgpt litgpt/utils.py, chunked_cross_entropy; litgpt/finetune/lora.py, lm_head_chunk_size";

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        return
        [
            shape.Logits("Logits, in chunks", shape.ElementBytes, Source),
            shape.Logits("Log-softmax of the chunks", shape.ElementBytes, Source),
            shape.Logits("A further copy, measured and not explained", 4, "fitted on measured runs, docs/training.md#loss"),
            shape.Chunk("Gradient of a chunk", checked(Positions * shape.MicroBatchSize), 4, Source),
        ];
    }
}
