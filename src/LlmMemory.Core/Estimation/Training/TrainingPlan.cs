using System.Collections.Generic;
using LlmMemory.Estimation.Training.Activations;
using LlmMemory.Estimation.Training.Losses;
using LlmMemory.Estimation.Training.Recipes;
using LlmMemory.Estimation.Training.States;
using LlmMemory.Models;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training;

/// <summary>A training with every setting decided, and what a framework makes of it.</summary>
internal sealed record TrainingPlan
{
    /// <summary>The run as it was asked for, defaults filled in.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The model.</summary>
    public required LlmModel Model { get; init; }

    /// <summary>How it is built.</summary>
    public required ModelArchitecture Architecture { get; init; }

    /// <summary>The tensors that are loaded.</summary>
    public required IReadOnlyList<ModelTensor> Tensors { get; init; }

    /// <summary>The tokens of a micro batch.</summary>
    public required long Tokens { get; init; }

    /// <summary>The samples that go through the model in a pass: both of each pair.</summary>
    public long Samples => checked((Run.MicroBatchSize ?? 1) * (long)Recipe.SamplesPerExample);

    /// <summary>The tokens that have logits: all of them, or those of completions and the one before each.</summary>
    public long LossTokens => Run.CompletionLength is { } completion ? checked(Samples * (completion + 1)) : Tokens;

    /// <summary>What the model is trained towards.</summary>
    public Recipe Recipe => Run.Recipe ?? Recipe.Sft;

    /// <summary>True where the recipe compares with the model as it was.</summary>
    public bool UsesReference => Run.ReferenceModel == ReferenceModel.Frozen;

    /// <summary>True where that model is a copy; with an adapter it is the base.</summary>
    public bool HoldsReference => UsesReference && Run.Adapter is null;

    /// <summary>True where the reference runs between the policy's forward and backward pass, not before both.</summary>
    public bool ComparesInLoss => UsesReference && !Recipe.Generates;

    /// <summary>The moments of a step.</summary>
    public RecipePhases Phases => new(UsesReference, Recipe.Generates);

    /// <summary>The ranks that train on different samples.</summary>
    public required int Ranks { get; init; }

    /// <summary>What is split over them.</summary>
    public required Sharding Sharding { get; init; }

    /// <summary>The passes of a step.</summary>
    public required long Accumulation { get; init; }

    /// <summary>The optimizer.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>What is recomputed.</summary>
    public required Recomputation Recompute { get; init; }

    /// <summary>Which weights are trained.</summary>
    public required TrainedModules Trained { get; init; }

    /// <summary>The types of what is trained.</summary>
    public required StateRegime Regime { get; init; }

    /// <summary>What decides which tensors of a layer are kept.</summary>
    public required LayerSwitches Switches { get; init; }

    /// <summary>The way to the loss.</summary>
    public required LossPath Loss { get; init; }

    /// <summary>True where what is trained is split as the sharding says; false where adapters stay whole on each rank.</summary>
    public bool SplitsTrained { get; init; } = true;

    /// <summary>True where frozen normalisations are kept in 32 bits, so that hidden states are.</summary>
    public bool WidensNorms { get; init; }

    /// <summary>True where embeddings keep states of 32 bits beside an optimizer of 8.</summary>
    public bool WidensEmbeddingStates { get; init; }

    /// <summary>True where scales of a quantised base stay whole on each rank: bitsandbytes keeps them beside the weight.</summary>
    public bool KeepsScalesWhole { get; init; }

    /// <summary>True where a gradient is gone before the next is there.</summary>
    public bool StepsInBackward => Run.OptimizerInBackward || Optimizer.States.StepsInBackward;

    /// <summary>Bytes of what FSDP keeps for itself, measured.</summary>
    public long ShardingOverheadBytes { get; init; }

    /// <summary>Hidden widths for each token next to the loss that are measured and not explained.</summary>
    public int UnexplainedTailWidths { get; init; }

    /// <summary>What lies in host memory.</summary>
    public Offload Offload => Run.Offload ?? Offload.None;

    /// <summary>True where weights do.</summary>
    public bool OffloadsWeights => Offload == Offload.Weights;

    /// <summary>True where weights are gathered unit by unit.</summary>
    public bool Gathers => Sharding.SplitsWeights && (Ranks > 1 || OffloadsWeights);

    /// <summary>True where gradients stay whole on each rank until the last pass of a step.</summary>
    public bool KeepsWholeGradients => Gathers && !Sharding.IsZero && Accumulation > 1 && Trained.IsFull;

    /// <summary>
    /// True where inputs of layers, and their gradients, stay until the backward pass is over: FSDP1 with frozen weights
    /// and layers that are computed again.
    /// </summary>
    public bool HoldsLayerInputs => Gathers && !Sharding.IsZero && !Trained.IsFull && Recompute.KeepsInputsOnly;

    /// <summary>True where gradients are there twice: as such, and in the buckets that ranks exchange.</summary>
    public bool HasBuckets => Ranks > 1 && Sharding == Sharding.None;
}
