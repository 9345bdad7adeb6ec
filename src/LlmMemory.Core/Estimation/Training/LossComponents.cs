using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training;

/// <summary>What is there around the loss: copies of logits, the last normalisation, and the first gradients after it.</summary>
internal static class LossComponents
{
    private const string TailSource = "slopes of measured runs, docs/training.md#loss";

    /// <summary>What the loss is computed on.</summary>
    public static LossShape Shape(TrainingPlan plan)
    {
        return new LossShape(
            plan.LossTokens,
            plan.Samples,
            plan.Architecture.VocabularySize,
            plan.Architecture.HiddenSize,
            plan.Switches.ElementBytes,
            HeadGradient(plan));
    }

    /// <summary>The copies of the logits.</summary>
    public static IEnumerable<ComponentDraft> Copies(TrainingPlan plan)
    {
        return plan.Loss.Copies(Shape(plan))
            .Select(copy => Draft(ComponentRole.Activations, copy.Name, copy.Bytes, copy.Formula, copy.Source, TrainingPhase.Loss));
    }

    /// <summary>What stands around them: the last normalisation, and the gradients that the backward pass begins with.</summary>
    public static IEnumerable<ComponentDraft> Around(TrainingPlan plan)
    {
        var gradients = HeadGradient(plan);
        var widths = TailBytes(plan);
        yield return Draft(
            ComponentRole.Activations,
            "Last normalisation",
            checked(plan.Tokens * widths * plan.Architecture.HiddenSize),
            $"{plan.Tokens} tokens x {plan.Architecture.HiddenSize} x {widths} bytes, its input and output",
            TailSource,
            TrainingPhase.Loss);
        if (!plan.Trained.IsFull || plan.StepsInBackward)
        {
            yield break;
        }

        // Beside whole gradients of passes before it is one of them; beside the shares that ZeRO keeps it is one more.
        if (plan.Accumulation == 1 || (plan.Sharding.IsZero && plan.Sharding.SplitsGradients))
        {
            yield return Draft(ComponentRole.Gradients, "Gradient of the head", gradients, $"{gradients} bytes", TailSource, TrainingPhase.Backward);
        }

        var last = LargestMatrix(plan);
        yield return Draft(ComponentRole.Gradients, "Gradient of a layer's matrix", last, $"{last} bytes", TailSource, TrainingPhase.Backward);
    }

    private static long HeadGradient(TrainingPlan plan)
    {
        return plan.Trained.IsFull || plan.Trained.TrainsHead
            ? checked((plan.Recipe.ScoresSamples ? 1 : plan.Architecture.VocabularySize) * plan.Architecture.HiddenSize * plan.Regime.GatheredBytes)
            : 0;
    }

    private static long LargestMatrix(TrainingPlan plan)
    {
        return checked(plan.Regime.GatheredBytes * plan.Tensors
            .Where(tensor => tensor.RoleKind is TensorRole.MlpDown or TensorRole.ExpertDown)
            .Select(tensor => tensor.WeightsPerTensor)
            .DefaultIfEmpty(0)
            .Max());
    }

    // The input of the normalisation, in 32 bits where it is written in PyTorch, and its output, a local of the model.
    private static int TailBytes(TrainingPlan plan)
    {
        var stream = plan.Switches.StreamBytes;
        if (FinalNorm(plan.Architecture) is { Kind: NormKind.LayerNorm })
        {
            return (plan.Switches.UsesAutocast ? 8 : 2 * stream) + plan.UnexplainedTailWidths;
        }

        return (plan.Switches.Kernels.FusesNorms ? stream : 4) + stream + plan.UnexplainedTailWidths;
    }

    private static Norm? FinalNorm(ModelArchitecture architecture)
    {
        return architecture.Sections
            .Where(section => section.Part is ModelPart.Text or ModelPart.Encoder)
            .SelectMany(section => section.Blocks.OfType<Norm>())
            .LastOrDefault();
    }

    private static ComponentDraft Draft(ComponentRole role, string name, long bytes, string formula, string source, TrainingPhase phases)
    {
        return new ComponentDraft(role, name, bytes, () => formula, source) { Phases = (uint)phases };
    }
}
