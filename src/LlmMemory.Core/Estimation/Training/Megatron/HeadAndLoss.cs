using System;
using System.Collections.Generic;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// The copies of the logits on the last stage, each rank with its share of the vocabulary, and what the head's backward
/// pass adds. Sources: NVIDIA/Megatron-LM megatron/core/tensor_parallel/cross_entropy.py (in place),
/// megatron/core/fusions/fused_cross_entropy.py (compiled, out of place); NVIDIA/TransformerEngine
/// transformer_engine/pytorch/cross_entropy.py (writes the gradient into the logits).
/// </summary>
internal static class HeadAndLoss
{
    private const string Plain = "NVIDIA/Megatron-LM megatron/core/tensor_parallel/cross_entropy.py";

    private const string Compiled = "NVIDIA/Megatron-LM megatron/core/fusions/fused_cross_entropy.py";

    private const string Linear = "NVIDIA/Megatron-LM megatron/core/tensor_parallel/layers.py, LinearWithGradAccumulationAndAsyncCommunication";

    /// <summary>The components of a stage; none but on the last.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stage">The stage.</param>
    public static IEnumerable<ComponentDraft> Of(MegatronPlan plan, PipelineStage stage)
    {
        if (!stage.IsLast)
        {
            yield break;
        }

        var (element, loss) = (plan.ElementBytes, plan.Run.LossKernel);
        yield return Logits(plan, "Logits", element, Plain, MegatronPhase.Loss);
        if (loss != LossKernel.FusedCrossEntropy && element == 2)
        {
            yield return Logits(plan, "Logits in 32 bits", 4, Plain, MegatronPhase.Loss);
        }

        if (loss == LossKernel.Compiled)
        {
            yield return Logits(plan, "Their exponentials", 4, Compiled, MegatronPhase.Loss);
        }

        if (stage.MtpLayers > 0)
        {
            yield return Logits(plan, "Logits of multi-token prediction", 4 * stage.MtpLayers, Plain, MegatronPhase.Loss);
        }

        yield return Logits(plan, "Gradient of the logits", element, Linear, MegatronPhase.HeadBackward);
        yield return new ComponentDraft(
            ComponentRole.Gradients,
            "Gradient of the head",
            checked(plan.VocabularyShare * plan.Hidden * element),
            () => $"{plan.VocabularyShare} x {plan.Hidden} x {element} bytes, before it is added to the main gradients",
            Linear)
        { Phases = (uint)MegatronPhase.HeadBackward };
    }

    private static ComponentDraft Logits(MegatronPlan plan, string name, int bytes, string source, MegatronPhase phases)
    {
        Func<string> formula = () => $"{plan.Tokens} tokens x {plan.VocabularyShare} x {bytes} bytes";
        return new ComponentDraft(ComponentRole.Activations, name, checked(plan.Tokens * plan.VocabularyShare * bytes), formula, source) { Phases = (uint)phases };
    }
}
