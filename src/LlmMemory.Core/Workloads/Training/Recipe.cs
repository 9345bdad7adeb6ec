using LlmMemory.Naming;

namespace LlmMemory.Workloads.Training;

/// <summary>
/// What a model is trained towards, as far as it decides which samples, models and logits there are beside the one that
/// is trained.
/// </summary>
public sealed class Recipe : NamedChoice
{
    private Recipe(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>Fine-tuning on the samples as they are.</summary>
    public static Recipe Sft { get; } = new("SFT", "SFT: fine-tuning on samples as they are", "supervised", "pretraining");

    /// <summary>Direct preference optimisation.</summary>
    public static Recipe Dpo { get; } =
        new("DPO", "DPO: pairs of samples in one batch, and a frozen reference model", "ipo")
        { SamplesPerExample = 2, ReadsLogProbabilities = true, HasReference = true };

    /// <summary>Odds-ratio preference optimisation.</summary>
    public static Recipe Orpo { get; } =
        new("ORPO", "ORPO: pairs of samples in one batch; no reference model")
        { SamplesPerExample = 2, ReadsLogProbabilities = true };

    /// <summary>A model that gives a sample a reward.</summary>
    public static Recipe Reward { get; } =
        new("Reward", "Reward: pairs of samples, and one score for a head", "rewardmodel", "rm")
        { SamplesPerExample = 2, ScoresSamples = true };

    /// <summary>Group relative policy optimisation.</summary>
    public static Recipe Grpo { get; } =
        new("GRPO", "GRPO: completions that the model writes itself; a reference model where beta is above 0")
        { ReadsLogProbabilities = true, HasReference = true, Generates = true };

    /// <summary>All of them.</summary>
    public static NamedCatalogue<Recipe> All { get; } =
        new("training recipe", Errors.ErrorIds.RecipeUnknown, Sft, Dpo, Orpo, Reward, Grpo);

    /// <summary>The samples that go through the model for each of a micro batch: 2 for pairs.</summary>
    public int SamplesPerExample { get; private init; } = 1;

    /// <summary>True where the loss reads the log-probability of each token, and no cross entropy does for it.</summary>
    public bool ReadsLogProbabilities { get; private init; }

    /// <summary>True where the model ends in one score for each token.</summary>
    public bool ScoresSamples { get; private init; }

    /// <summary>True where it knows a reference model.</summary>
    public bool HasReference { get; private init; }

    /// <summary>True where the model writes what it is trained on.</summary>
    public bool Generates { get; private init; }
}
