using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Losses;

/// <summary>The loss of a reward model: one score for each token, of which the last counts.</summary>
internal sealed record ScoreLoss : LossPath
{
    private const string Source = "huggingface/trl v1.9.0 trl/trainer/reward_trainer.py, compute_loss; huggingface/transformers src/transformers/modeling_layers.py, GenericForSequenceClassification";

    public override IReadOnlyList<LossCopy> Copies(LossShape shape)
    {
        return [new("Scores", checked(shape.Tokens * 4), $"{shape.Tokens} tokens x 4 bytes", Source)];
    }
}
