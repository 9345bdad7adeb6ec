using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>
/// Cross entropy on all logits: at the end of the forward pass the logits, what they became in 32 bits, their shifted
/// copy and their log-softmax; in its backward pass the log-softmax and two gradients. The fuller moment counts.
/// </summary>
internal sealed record TorchLoss : LossPath
{
    private const string Source = "huggingface/transformers src/transformers/loss/loss_utils.py, ForCausalLMLoss; slopes of measured runs, docs/training.md#loss";

    private const string FusedSource = "unslothai/unsloth kernels/cross_entropy_loss.py: a number for each token is kept, the gradient is written into the logits";

    /// <summary>Where the logits become 32 bits wide.</summary>
    public UpcastMoment Upcast { get; init; }

    /// <summary>True where the logits are shifted by a token, which copies them; false where the labels are.</summary>
    public bool ShiftsLogits { get; init; }

    /// <summary>True where a kernel keeps no log-softmax and writes the gradient into the logits.</summary>
    public bool IsFused { get; init; }

    /// <summary>True where the training loop still has the model's outputs in the backward pass.</summary>
    public bool HoldsOutputs { get; init; }

    /// <summary>Copies that are measured and that no source shows.</summary>
    public int UnexplainedCopies { get; init; }

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        var wide = Upcast == UpcastMoment.Never ? shape.ElementBytes : 4;
        var forward = Forward(shape, wide).ToList();
        var backward = Backward(shape, wide).ToList();
        return backward.Sum(copy => copy.Bytes) > forward.Sum(copy => copy.Bytes) ? backward : forward;
    }

    private IEnumerable<LossCopy> Forward(LossShape shape, int wide)
    {
        if (Upcast == UpcastMoment.InLoss && shape.ElementBytes < wide)
        {
            yield return shape.Logits("Logits as the model gives them", shape.ElementBytes, Source);
        }

        yield return shape.Logits(wide == 4 ? "Logits in 32 bits" : "Logits", wide, Source);
        if (ShiftsLogits)
        {
            yield return shape.Logits("Logits shifted by a token", wide, Source);
        }

        if (!IsFused)
        {
            yield return shape.Logits("Log-softmax of the logits", wide, Source);
        }

        for (var copy = 0; copy < UnexplainedCopies; copy++)
        {
            yield return shape.Logits("A further copy, measured and not explained", wide, "fitted on measured runs, docs/training.md#loss");
        }
    }

    private IEnumerable<LossCopy> Backward(LossShape shape, int wide)
    {
        yield return shape.Logits("Gradient of the logits", wide, Source);
        if (IsFused)
        {
            yield return shape.Logits("Logits that the gradient is written into", wide, FusedSource);
            yield break;
        }

        yield return shape.Logits("Log-softmax of the logits", wide, Source);
        yield return shape.Logits("Gradient of the log-softmax", wide, Source);
        if (HoldsOutputs)
        {
            yield return shape.Logits("Logits that the training loop still holds", Upcast == UpcastMoment.InLoss ? shape.ElementBytes : wide, Source);
        }
    }
}
