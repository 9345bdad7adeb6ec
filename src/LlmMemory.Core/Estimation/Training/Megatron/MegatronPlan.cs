using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>A training by Megatron with every setting decided.</summary>
internal sealed class MegatronPlan
{
    /// <summary>Takes a run with nothing open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="architecture">How it is built.</param>
    /// <param name="run">The run, every setting filled in.</param>
    /// <param name="profile">The version's rules.</param>
    public MegatronPlan(LlmModel model, ModelArchitecture architecture, TrainingRun run, MegatronProfile profile)
    {
        (Model, Architecture, Run, Profile) = (model, architecture, run, profile);
        Section = MegatronModel.SectionOf(model, architecture);
        HasExperts = Section.Layers.Any(layer => layer.Blocks.Any(block => block is MixtureOfExperts));
        HasRotary = !model.Tensors.Any(tensor => tensor.RoleKind == TensorRole.PositionEmbedding);
    }

    public LlmModel Model { get; }

    public ModelArchitecture Architecture { get; }

    /// <summary>The stack that is trained: a decoder, or an encoder alone.</summary>
    public ModelSection Section { get; }

    public TrainingRun Run { get; }

    public MegatronProfile Profile { get; }

    public bool HasExperts { get; }

    /// <summary>True where queries and keys are rotated; false where positions are learned.</summary>
    public bool HasRotary { get; }

    public int Tensor => Run.TensorParallel!.Value;

    public int Context => Run.ContextParallel!.Value;

    public int Data => Run.DataParallel!.Value;

    public int Pipeline => Run.PipelineParallel!.Value;

    public int Expert => Run.ExpertParallelSize!.Value;

    public int ExpertTensor => Run.ExpertTensorParallel!.Value;

    /// <summary>The ranks of a stage.</summary>
    public int StageRanks => checked(Tensor * Context * Data);

    /// <summary>The ranks that have the same dense weights.</summary>
    public int Copies => checked(Context * Data);

    /// <summary>The ranks that have the same experts.</summary>
    public int ExpertCopies => StageRanks / (Expert * ExpertTensor);

    /// <summary>The micro batches of a step.</summary>
    public long MicroBatches => Run.GradientAccumulation!.Value;

    /// <summary>The tokens of a micro batch on a rank.</summary>
    public long Tokens => checked(Run.MicroBatchSize!.Value * Run.SequenceLength!.Value / Context);

    /// <summary>What norms and the residual stream are divided by.</summary>
    public int SequenceShare => Run.SequenceParallel == true ? Tensor : 1;

    /// <summary>The width of the residual stream.</summary>
    public long Hidden => Architecture.HiddenSize;

    /// <summary>Bytes of an activation and of a weight.</summary>
    public int ElementBytes => Model.DataType == "F32" ? 4 : 2;

    /// <summary>Rows of embedding and head on a rank, padding included.</summary>
    public long VocabularyShare => PaddedVocabulary.Rows(Architecture.VocabularySize, Tensor) / Tensor;

    /// <summary>True where layers run in Transformer Engine.</summary>
    public bool UsesTransformerEngine => Run.LayerKernels == LayerKernels.TransformerEngine;

    /// <summary>True where scores and probabilities are written out.</summary>
    public bool WritesScores => Run.AttentionKernel == AttentionKernel.Eager;

    public bool HasDropout => Run.Dropout == true;

    /// <summary>True for the generations whose libraries reserve more.</summary>
    public bool IsHopperOrLater => Run.GpuGeneration != GpuGeneration.Ampere;

    /// <summary>True where selective recomputation computes a part again.</summary>
    public bool Recomputes(RecomputeModule module)
    {
        return Run.Recompute == Recomputation.Selective && (Run.RecomputeModules ?? []).Contains(module);
    }
}
