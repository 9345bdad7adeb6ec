using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>
/// A loss on the log-probabilities of the tokens: TRL takes them row by row, in the type that the logits have after
/// accelerate widened them. In 32 bits a log-sum-exp of each row does, whose backward pass needs the logits; in 16 bits a
/// log-softmax is kept. Written down from the source; no measured run confirms it.
/// </summary>
internal sealed record LogProbabilityLoss : LossPath
{
    private const string Source = "huggingface/trl v1.9.0 trl/trainer/utils.py, selective_log_softmax";

    private const string EntropySource = "huggingface/trl v1.9.0 trl/trainer/utils.py, entropy_from_logits: logits.reshape of a slice";

    private const string ReferenceSource = "huggingface/trl v1.9.0 trl/trainer/dpo_trainer.py, _compute_loss: ref_outputs lives until the loss is returned";

    private const string OddsSource = "huggingface/trl v1.9.0 trl/experimental/orpo/orpo_trainer.py, concatenated_forward: cross entropy of the chosen samples";

    /// <summary>True where accelerate turns the outputs of the model into 32 bits.</summary>
    public bool WidensOutputs { get; init; }

    /// <summary>True where logits of a reference model are held beside them.</summary>
    public bool HoldsReference { get; init; }

    /// <summary>True where the entropy of each token is reported.</summary>
    public bool ReportsEntropy { get; init; }

    /// <summary>True where the chosen half has a cross entropy too.</summary>
    public bool HasCrossEntropy { get; init; }

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        var wide = Wide(shape);
        var forward = Forward(shape, wide).ToList();
        var backward = Backward(shape, wide).ToList();
        return backward.Sum(copy => copy.Bytes) > forward.Sum(copy => copy.Bytes) ? backward : forward;
    }

    /// <summary>What stays of the policy's forward pass while the reference runs.</summary>
    public IEnumerable<LossCopy> Held(LossShape shape)
    {
        var wide = Wide(shape);
        yield return shape.Logits(Name("Logits", wide), wide, Source);
        if (wide < 4)
        {
            yield return shape.Logits("Log-softmax of the logits", wide, Source);
        }
    }

    /// <summary>The logits of a model that keeps nothing: as it gives them, and as they were widened.</summary>
    public IEnumerable<LossCopy> Scored(LossShape shape)
    {
        var wide = Wide(shape);
        if (wide > shape.ElementBytes)
        {
            yield return shape.Logits("Logits of the reference as its model gives them", shape.ElementBytes, Source);
        }

        yield return shape.Logits(Name("Logits of the reference", wide), wide, Source);
    }

    // The gradient of a cross entropy's log-softmax waits for that of the log-probabilities.
    private IEnumerable<LossCopy> Forward(LossShape shape, int wide)
    {
        foreach (var held in Held(shape))
        {
            yield return held;
        }

        if (HoldsReference)
        {
            yield return shape.Logits(Name("Logits of the reference", wide), wide, ReferenceSource);
        }

        if (ReportsEntropy && shape.MicroBatchSize > 1)
        {
            yield return shape.Logits("Logits in one piece, for their entropy", wide, EntropySource);
        }

        if (HasCrossEntropy)
        {
            yield return Chosen(shape, "Log-softmax of the chosen samples", wide);
            if (wide == 4)
            {
                yield return Chosen(shape, "Chosen logits shifted by a token", wide);
            }
        }
    }

    private IEnumerable<LossCopy> Backward(LossShape shape, int wide)
    {
        yield return shape.Logits(wide == 4 ? "Logits in 32 bits" : "Gradient of the logits", wide, Source);
        yield return shape.Logits("Gradients of the samples' logits", wide, Source);
        if (wide == 4)
        {
            yield return shape.Chunk("Exponentials of a sample's logits, twice", 2 * (shape.Tokens / shape.MicroBatchSize), wide, Source);
        }

        if (HasCrossEntropy)
        {
            yield return Chosen(shape, "Log-softmax of the chosen samples", wide);
        }
    }

    private static LossCopy Chosen(LossShape shape, string name, int wide)
    {
        return shape.Chunk(name, shape.Tokens / 2, wide, OddsSource);
    }

    private int Wide(LossShape shape)
    {
        return WidensOutputs ? 4 : shape.ElementBytes;
    }

    private static string Name(string what, int wide)
    {
        return wide == 4 ? what + " in 32 bits" : what;
    }
}
