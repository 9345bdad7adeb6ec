using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Training.Frameworks;
using LlmMemory.Estimation.Training.Megatron.Activations;
using LlmMemory.Models;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// NVIDIA's Megatron-LM with Megatron Core: layers are split over tensor-parallel ranks and spread over the stages of a
/// pipeline, so that ranks differ. The ranks of a stage follow each other, and hold the same amount.
/// </summary>
internal sealed class MegatronFramework : TrainingFramework
{
    /// <summary>Creates the framework.</summary>
    public MegatronFramework()
        : base("Megatron", "Megatron: NVIDIA's Megatron-LM; tensor, pipeline, context and expert parallelism", "megatronlm", "megatroncore", "mcore", "nemo")
    {
    }

    /// <inheritdoc/>
    internal override bool SplitsLayers => true;

    private protected override MemoryEstimate EstimateInRange(LlmModel model, ModelArchitecture architecture, TrainingRun run, string? version)
    {
        var profile = ProfileVersions.Find(MegatronProfile.All, each => each.From, version, "Megatron Core", Name);
        var resolution = new MegatronResolution(model, architecture, run, profile);
        var plan = resolution.Plan;
        var layers = plan.Section.Layers.Select(layer => new MegatronLayer(plan, layer)).ToArray();
        var drafts = resolution.Stages.SelectMany(stage => Stage(plan, stage, layers)).ToArray();
        return new MemoryEstimate(Subject(plan), null, drafts, resolution.Assumptions);
    }

    private static ComponentDraft[] Stage(MegatronPlan plan, PipelineStage stage, MegatronLayer[] layers)
    {
        List<ComponentDraft> drafts =
        [
            .. MegatronStates.Of(plan, new StageTensors(plan, stage)),
            .. new StageActivations(plan, stage, layers).Components(),
            .. HeadAndLoss.Of(plan, stage),
            .. Workspaces.Of(plan, stage),
        ];
        var placed = drafts.Where(draft => draft.Bytes > 0)
            .Select(draft => draft with { FirstDevice = stage.Index * plan.StageRanks, DeviceCount = plan.StageRanks })
            .ToArray();
        return TrainingMargin.Added(placed, plan.Run.SafetyMargin, EstimatePhases.Megatron);
    }

    private EstimateSubject Subject(MegatronPlan plan)
    {
        return new EstimateSubject
        {
            Model = plan.Model.Name,
            Framework = Name,
            FrameworkVersion = plan.Profile.From,
            Method = EstimateMethod.Architecture,
            Parameters = plan.Model.Parameters,
            DataType = plan.Model.DataType,
            Mode = EstimateMode.Training.Name,
            Phases = EstimatePhases.Megatron,
            Run = plan.Run,
        };
    }
}
