using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Losses;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>
/// What versions of transformers do. Up to 4.45 the model widens its logits, from 4.46 on the loss does; from 4.49 on
/// labels are shifted instead of logits. Before 4.48, Mistral, Mixtral and Granite repeat keys and values under flash
/// attention. Sources: huggingface/transformers src/transformers/loss/loss_utils.py and models/*/modeling_*.py of those
/// versions; slopes of measured runs, docs/training.md.
/// </summary>
internal static class HuggingFaceProfiles
{
    private static readonly string[] RepeatingModels = ["mistral", "mixtral", "granite", "granitemoe"];

    /// <summary>Hugging Face's Trainer as it is.</summary>
    public static IReadOnlyList<FrameworkProfile> Trainer { get; } = With(new FrameworkProfile { From = "4.0", VersionOf = "transformers", MicroBatchSize = 8, HasMeasuredReserve = true });

    /// <summary>The versions with the defaults of a framework that is built on the Trainer.</summary>
    /// <param name="defaults">The defaults.</param>
    public static IReadOnlyList<FrameworkProfile> With(FrameworkProfile defaults)
    {
        return
        [
            defaults with { From = "4.31", Upcast = UpcastMoment.InModel, ShiftsLogits = true, RepeatsUnderFlash = RepeatingModels },
            defaults with { From = "4.46", Upcast = UpcastMoment.InLoss, ShiftsLogits = true, RepeatsUnderFlash = RepeatingModels },
            defaults with { From = "4.48", Upcast = UpcastMoment.InLoss, ShiftsLogits = true },
            defaults with { From = "4.49", Upcast = UpcastMoment.InLoss, WidensEmbeddingStates = true },
        ];
    }

    /// <summary>The same versions, the training loop of which holds the model's outputs.</summary>
    public static IReadOnlyList<FrameworkProfile> Holding(IReadOnlyList<FrameworkProfile> profiles)
    {
        return [.. profiles.Select(profile => profile with { HoldsOutputs = true })];
    }
}
