using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Training.Recipes;
using LlmMemory.Models;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Frameworks;

/// <summary>
/// A framework that runs a model as PyTorch modules, each rank with whole layers: Hugging Face's Trainer and those built
/// on it, torchtune, LitGPT.
/// </summary>
internal sealed class TorchFramework : TrainingFramework
{
    private readonly IReadOnlyList<FrameworkProfile> _profiles;

    /// <summary>Creates the framework.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What completion says of it.</param>
    /// <param name="profiles">Its versions, the newest last.</param>
    /// <param name="aliases">Other spellings.</param>
    public TorchFramework(string name, string description, IReadOnlyList<FrameworkProfile> profiles, params string[] aliases)
        : base(name, description, aliases)
    {
        _profiles = profiles;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<Recipe> Recipes => _profiles[_profiles.Count - 1].Recipes;

    private protected override MemoryEstimate EstimateInRange(
        LlmModel model, ModelArchitecture architecture, TrainingRun run, string? version)
    {
        MegatronSettings.Refuse(Name, run);
        var profile = ProfileVersions.Find(_profiles, each => each.From, version, _profiles[0].VersionOf, Name);
        var resolution = new RunResolution(Name, profile, model, architecture, run);
        var plan = resolution.Plan;
        var states = new States.TrainingStates(plan);
        var kept = new KeptActivations(plan);
        ComponentDraft[] step =
        [
            .. OffloadedStates.Of(plan, states),
            .. new GatheredUnits(plan).Components(),
            .. new ZeroComponents(plan).Components(),
            .. kept.Components(),
            .. LossComponents.Around(plan),
        ];
        ComponentDraft[] drafts =
        [
            .. step.Select(draft => ThroughReference(plan, draft)),
            .. LossComponents.Copies(plan),
            .. new ReferenceComponents(plan, kept.LayerBytes).Components(),
            .. RolloutComponents.Of(plan),
        ];
        var host = drafts.Where(draft => draft.Bytes > 0 && draft.FirstDevice == ComponentDraft.Host);
        var everywhere = drafts.Where(draft => draft.Bytes > 0 && draft.FirstDevice != ComponentDraft.Host).Select(draft => draft with { DeviceCount = plan.Ranks }).ToArray();
        return new MemoryEstimate(Subject(plan, profile, states), null, [.. TrainingMargin.Added(everywhere, plan.Run.SafetyMargin, plan.Phases.Names), .. host], resolution.Assumptions)
        {
            Reserve = profile.HasMeasuredReserve && plan.Recipe == Recipe.Sft ? AllocatorReserve.Of(plan) : null,
        };
    }

    // A reference that runs before the loss is there has everything beside it that the forward pass kept.
    private static ComponentDraft ThroughReference(TrainingPlan plan, ComponentDraft draft)
    {
        return plan.ComparesInLoss && (draft.Phases & (uint)TrainingPhase.Loss) != 0
            ? draft with { Phases = draft.Phases | plan.Phases.Reference }
            : draft;
    }

    private EstimateSubject Subject(TrainingPlan plan, FrameworkProfile profile, States.TrainingStates states)
    {
        var adapter = plan.Run.Adapter;
        return new EstimateSubject
        {
            Model = plan.Model.Name,
            Framework = Name,
            FrameworkVersion = profile.From,
            Method = EstimateMethod.Architecture,
            Parameters = plan.Model.Parameters,
            DataType = plan.Model.Quantization ?? plan.Model.DataType,
            Mode = Mode(plan, adapter),
            Phases = plan.Phases.Names,
            Run = plan.Run,
            Adapter = adapter,
            AdapterParameters = adapter is null ? null : states.Trained,
            AdapterDataType = adapter?.Tensors.FirstOrDefault(tensor => tensor.Use == AdapterTensorUse.Trained)?.DataType,
        };
    }

    private static string Mode(TrainingPlan plan, AdapterInventory? adapter)
    {
        return adapter is null ? EstimateMode.Training.Name
            : !adapter.MethodKind.IsLora ? adapter.Method
            : plan.Model.IsFourBitOrLess ? "QLoRA" : "LoRA";
    }
}
