using System;
using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>
/// Head and loss in chunks of tokens, so many that a chunk's logits are about as large as the hidden states (Liger):
/// logits of one chunk in two types, and the gradients, which are computed in the forward pass.
/// </summary>
internal sealed record FusedLinearLoss : LossPath
{
    private const string Source = "linkedin/Liger-Kernel ops/fused_linear_cross_entropy.py, fused_linear_cross_entropy_forward";

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        var parts = Ceiling(shape.VocabularySize, shape.HiddenSize);
        var chunk = NextPowerOfTwo(Ceiling(shape.Tokens, parts));
        var copies = new List<LossCopy>
        {
            shape.Chunk("Logits of a chunk", chunk, shape.ElementBytes, Source),
            shape.Chunk("Logits of a chunk in 32 bits", chunk, 4, Source),
            shape.Hidden("Gradient of the last hidden states", shape.ElementBytes, Source),
        };
        if (shape.HeadGradientBytes > 0)
        {
            copies.Add(new("Gradient of the head", shape.HeadGradientBytes, "the head's weights in the type that is computed in", Source));
        }

        return copies;
    }

    private static long Ceiling(long dividend, long divisor)
    {
        return (dividend + divisor - 1) / divisor;
    }

    private static long NextPowerOfTwo(long number)
    {
        var power = 1L;
        while (power < number)
        {
            power = checked(power * 2);
        }

        return Math.Max(1, power);
    }
}
