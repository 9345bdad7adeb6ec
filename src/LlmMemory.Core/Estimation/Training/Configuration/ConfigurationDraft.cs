using System.Collections.Generic;
using LlmMemory.Adapters;
using LlmMemory.DataTypes;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>What the files of one run have said so far.</summary>
internal sealed class ConfigurationDraft
{
    private readonly List<string> _notes = [];

    /// <summary>The framework.</summary>
    public ConfigurationSlot<TrainingFramework> Framework { get; } = new("the framework");

    /// <summary>The model.</summary>
    public ConfigurationSlot<string> Model { get; } = new("the model");

    /// <summary>How weights are stored while they are trained, or while an adapter is.</summary>
    public ConfigurationSlot<string> WeightFormat { get; } = new("the type of the weights");

    /// <summary>The type that DeepSpeed turns weights into, and computes in.</summary>
    public ConfigurationSlot<string> DeepSpeedType { get; } = new("DeepSpeed's type");

    /// <summary>True where weights that are trained become F32, unless they are split.</summary>
    public ConfigurationSlot<bool> UpcastsTrained { get; } = new("the type of trained weights");

    /// <summary>Samples of a pass.</summary>
    public ConfigurationSlot<int> MicroBatchSize { get; } = new("the micro batch");

    /// <summary>Tokens of a sample.</summary>
    public ConfigurationSlot<int> SequenceLength { get; } = new("the length of a sample");

    /// <summary>Passes of a step.</summary>
    public ConfigurationSlot<int> GradientAccumulation { get; } = new("gradient accumulation");

    /// <summary>Samples of a step on all ranks.</summary>
    public ConfigurationSlot<int> GlobalBatchSize { get; } = new("the global batch");

    /// <summary>The ranks.</summary>
    public ConfigurationSlot<int> DataParallel { get; } = new("the number of ranks");

    /// <summary>What is split over them.</summary>
    public ConfigurationSlot<Sharding> Sharding { get; } = new("what ranks share");

    /// <summary>In which type is computed.</summary>
    public ConfigurationSlot<TrainingPrecision> Precision { get; } = new("the precision");

    /// <summary>What is recomputed.</summary>
    public ConfigurationSlot<Recomputation> Recompute { get; } = new("gradient checkpointing");

    /// <summary>How attention is computed.</summary>
    public ConfigurationSlot<AttentionKernel> AttentionKernel { get; } = new("the attention kernel");

    /// <summary>How layers are computed.</summary>
    public ConfigurationSlot<LayerKernels> LayerKernels { get; } = new("the kernels of layers");

    /// <summary>How the loss is computed.</summary>
    public ConfigurationSlot<LossKernel> LossKernel { get; } = new("the loss kernel");

    /// <summary>The optimizer.</summary>
    public ConfigurationSlot<Optimizer> Optimizer { get; } = new("the optimizer");

    /// <summary>DeepSpeed's own optimizer, which stands in the place of the one that the Trainer is asked for.</summary>
    public ConfigurationSlot<Optimizer> DeepSpeedOptimizer { get; } = new("DeepSpeed's optimizer");

    /// <summary>True where the optimizer steps in the backward pass.</summary>
    public ConfigurationSlot<bool> OptimizerInBackward { get; } = new("the optimizer's step");

    /// <summary>True where an adapter is trained, false where all weights are.</summary>
    public ConfigurationSlot<bool> TrainsAdapter { get; } = new("what is trained");

    /// <summary>The adapter's method.</summary>
    public ConfigurationSlot<AdapterMethod> AdapterMethod { get; } = new("the adapter's method");

    /// <summary>The adapter's rank.</summary>
    public ConfigurationSlot<int> Rank { get; } = new("the adapter's rank");

    /// <summary>How the adapter is stored.</summary>
    public ConfigurationSlot<DataType> AdapterType { get; } = new("the adapter's type");

    /// <summary>OFT's rows of a block.</summary>
    public ConfigurationSlot<int> BlockSize { get; } = new("the adapter's blocks");

    /// <summary>The modules that have one.</summary>
    public ConfigurationSlot<IReadOnlyList<string>> TargetModules { get; } = new("the adapter's modules");

    /// <summary>Modules that have none.</summary>
    public ConfigurationSlot<IReadOnlyList<string>> ExcludeModules { get; } = new("modules without an adapter");

    /// <summary>Bare parameters that have one.</summary>
    public ConfigurationSlot<IReadOnlyList<string>> TargetParameters { get; } = new("the adapter's parameters");

    /// <summary>Modules that are copied whole.</summary>
    public ConfigurationSlot<IReadOnlyList<string>> ModulesToSave { get; } = new("modules that are trained whole");

    /// <summary>The layers that have adapters.</summary>
    public ConfigurationSlot<IReadOnlyList<int>> LayersToTransform { get; } = new("the adapter's layers");

    /// <summary>What stands before a layer's number.</summary>
    public ConfigurationSlot<IReadOnlyList<string>> LayersPattern { get; } = new("the pattern of layers");

    /// <summary>Ranks of single modules.</summary>
    public ConfigurationSlot<IReadOnlyList<KeyValuePair<string, int>>> RankPattern { get; } = new("ranks of modules");

    /// <summary>True where dropout comes before the adapter.</summary>
    public ConfigurationSlot<bool> AdapterDropout { get; } = new("the adapter's dropout");

    /// <summary>What the model is trained towards.</summary>
    public ConfigurationSlot<Recipe> Recipe { get; } = new("the recipe");

    /// <summary>What lies in host memory.</summary>
    public ConfigurationSlot<Offload> Offload { get; } = new("offload");

    /// <summary>DeepSpeed's buffers.</summary>
    public ConfigurationSlot<ZeroBuffers> ZeroBuffers { get; } = new("DeepSpeed's buffers");

    /// <summary>A file of DeepSpeed that another file names.</summary>
    public ConfigurationSlot<string> DeepSpeedFile { get; } = new("DeepSpeed's file");

    /// <summary>What could not be taken over, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Notes what could not be taken over.</summary>
    public void Note(string sentence)
    {
        _notes.Add(sentence);
    }

    /// <summary>Notes settings that matter for memory and are not modelled, where they turn something on.</summary>
    /// <param name="section">The mapping that they stand in.</param>
    /// <param name="keys">Their keys, and what each does.</param>
    public void LeaveOut(ConfigurationSection? section, params (string Key, string What)[] keys)
    {
        foreach (var (key, what) in keys)
        {
            if (section?.GetRaw(key) is { IsOff: false } value)
            {
                Note($"Not modelled: {value.Place} is {value.Text}: {what}.");
            }
        }
    }
}
