using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>
/// All logits as the head gives them, in chunks of tokens; the loss of one chunk at a time is computed in 32 bits, with
/// a log-softmax and two gradients.
/// </summary>
/// <param name="Chunks">How many chunks there are.</param>
internal sealed record ChunkedLoss(int Chunks) : LossPath
{
    private const string Source = "pytorch/torchtune torchtune/modules/loss/ce_chunked_output_loss.py";

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        var chunk = (shape.Tokens + Chunks - 1) / Chunks;
        return
        [
            shape.Logits("Logits, in chunks", shape.ElementBytes, Source),
            shape.Chunk("Log-softmax and two gradients of a chunk in 32 bits", chunk, 12, Source),
        ];
    }
}
