using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>Cut cross entropy: logits are never in memory; the gradients of hidden states and head are (arXiv:2411.09009).</summary>
internal sealed record CutLoss : LossPath
{
    private const string Source = "apple/ml-cross-entropy cut_cross_entropy/cce.py; arXiv:2411.09009, table 1";

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        var hidden = shape.Hidden("Gradient of the last hidden states", shape.ElementBytes, Source);
        return shape.HeadGradientBytes == 0
            ? [hidden]
            : [hidden, new("Gradient of the head", shape.HeadGradientBytes, "the head's weights in the type that is computed in", Source)];
    }
}
