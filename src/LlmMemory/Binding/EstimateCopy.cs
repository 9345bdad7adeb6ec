using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Launching;
using LlmMemory.Naming;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Binding;

/// <summary>
/// A copy of an estimate, as remoting, jobs, Clixml, JSON and CSV make it: its properties by their names. A blank is what
/// is not known.
/// </summary>
internal sealed class EstimateCopy
{
    private const string Missing = "Settings that an estimate has no property for, as -TensorSplit or -LoraSlots, are not known from a copy of it.";

    private readonly object? _given;
    private readonly PSObject? _copy;

    public EstimateCopy(object? given)
    {
        _given = given;
        _copy = given is null ? null : PSObject.AsPSObject(given);
    }

    /// <summary>What is to be started.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EstimateUnreadable"/>, or a name that no catalogue has.</exception>
    public LaunchRequest Read()
    {
        var framework = Text(nameof(MemoryEstimate.Framework));
        var engine = framework ?? Text(nameof(MemoryEstimate.Engine));
        var serving = framework is null && engine is not null ? Serving() : null;
        return new LaunchRequest
        {
            Model = Text(nameof(MemoryEstimate.Model)),
            DataType = Text(nameof(MemoryEstimate.DataType)),
            Mode = Text(nameof(MemoryEstimate.Mode)) ?? throw Unreadable(nameof(MemoryEstimate.Mode)),
            Engine = engine,
            EngineVersion = Text(framework is null ? nameof(MemoryEstimate.EngineVersion) : nameof(MemoryEstimate.FrameworkVersion)),
            Serving = serving,
            Training = framework is null ? null : Training(),
            GpuCount = Number(nameof(MemoryEstimate.DeviceCount)) ?? throw Unreadable(nameof(MemoryEstimate.DeviceCount)),
            Figures = Figures(),
            Refusal = Text(nameof(MemoryEstimate.Capacity), "Refusal"),
            Notes = serving is null ? [] : [Missing],
            Assumptions = Sentences(),
        };
    }

    private LaunchFigures Figures()
    {
        return new LaunchFigures
        {
            WeightBytes = Long(nameof(MemoryEstimate.WeightBytes)),
            KvCacheBytes = Long(nameof(MemoryEstimate.KvCacheBytes)),
            ActivationBytes = Long(nameof(MemoryEstimate.ActivationBytes)),
            GradientBytes = Long(nameof(MemoryEstimate.GradientBytes)),
            OptimizerBytes = Long(nameof(MemoryEstimate.OptimizerBytes)),
            AdapterBytes = Long(nameof(MemoryEstimate.AdapterBytes)),
            OverheadBytes = Long(nameof(MemoryEstimate.OverheadBytes)),
            SafetyMarginBytes = Long(nameof(MemoryEstimate.SafetyMarginBytes)),
            TotalBytes = Long(nameof(MemoryEstimate.TotalBytes)) ?? throw Unreadable(nameof(MemoryEstimate.TotalBytes)),
            MaxDeviceBytes = Long(nameof(MemoryEstimate.MaxDeviceBytes)) ?? throw Unreadable(nameof(MemoryEstimate.MaxDeviceBytes)),
            HostBytes = Long(nameof(MemoryEstimate.HostBytes)),
            LowBytes = Long(nameof(MemoryEstimate.LowBytes)),
            HighBytes = Long(nameof(MemoryEstimate.HighBytes)),
            Validation = Text(nameof(MemoryEstimate.Validation)) ?? EstimateValidation.Unvalidated,
            Capacity = Text(nameof(MemoryEstimate.Capacity)),
        };
    }

    private InferenceWorkload Serving()
    {
        return new InferenceWorkload
        {
            ContextLength = Long(nameof(InferenceWorkload.ContextLength)),
            Concurrency = Long(nameof(InferenceWorkload.Concurrency)),
            PromptLength = Long(nameof(InferenceWorkload.PromptLength)),
            OutputLength = Long(nameof(InferenceWorkload.OutputLength)),
            KvCacheType = Named(nameof(InferenceWorkload.KvCacheType), CacheTypes.All),
            ValueCacheType = Named(nameof(InferenceWorkload.ValueCacheType), CacheTypes.All),
            TensorParallel = Number(nameof(InferenceWorkload.TensorParallel)),
            PipelineParallel = Number(nameof(InferenceWorkload.PipelineParallel)),
            ExpertParallel = Choice(nameof(InferenceWorkload.ExpertParallel)),
            DataParallel = Number(nameof(InferenceWorkload.DataParallel)),
            DecodeContextParallel = Number(nameof(InferenceWorkload.DecodeContextParallel)),
            DeviceMemory = Long(nameof(InferenceWorkload.DeviceMemory)),
            GpuMemoryUtilization = Value(nameof(InferenceWorkload.GpuMemoryUtilization)),
            MaxSequences = Long(nameof(InferenceWorkload.MaxSequences)),
            MaxBatchedTokens = Long(nameof(InferenceWorkload.MaxBatchedTokens)),
            BatchSize = Number(nameof(InferenceWorkload.BatchSize)),
            MicroBatchSize = Number(nameof(InferenceWorkload.MicroBatchSize)),
            GpuLayers = Number(nameof(InferenceWorkload.GpuLayers)),
        };
    }

    private TrainingRun Training()
    {
        return new TrainingRun
        {
            MicroBatchSize = Number(nameof(TrainingRun.MicroBatchSize)),
            SequenceLength = Long(nameof(TrainingRun.SequenceLength)),
            GradientAccumulation = Number(nameof(TrainingRun.GradientAccumulation)),
            Optimizer = Named(nameof(TrainingRun.Optimizer), Optimizer.All),
            Precision = Named(nameof(TrainingRun.Precision), TrainingPrecision.All),
            Recompute = Named(nameof(TrainingRun.Recompute), Recomputation.All),
            AttentionKernel = Named(nameof(TrainingRun.AttentionKernel), AttentionKernel.All),
            LayerKernels = Named(nameof(TrainingRun.LayerKernels), LayerKernels.All),
            LossKernel = Named(nameof(TrainingRun.LossKernel), LossKernel.All),
            Sharding = Named(nameof(TrainingRun.Sharding), Sharding.All),
            DataParallel = Number(nameof(TrainingRun.DataParallel)),
            TensorParallel = Number(nameof(TrainingRun.TensorParallel)),
            PipelineParallel = Number(nameof(TrainingRun.PipelineParallel)),
            ContextParallel = Number(nameof(TrainingRun.ContextParallel)),
            VirtualPipeline = Number(nameof(TrainingRun.VirtualPipeline)),
            PipelineLayout = Text(nameof(TrainingRun.PipelineLayout)),
            MicroBatchGroup = Number(nameof(TrainingRun.MicroBatchGroup)),
            SequenceParallel = Choice(nameof(TrainingRun.SequenceParallel)),
            ExpertParallelSize = Number(nameof(TrainingRun.ExpertParallelSize)),
            ExpertTensorParallel = Number(nameof(TrainingRun.ExpertTensorParallel)),
            TokenDispatcher = Named(nameof(TrainingRun.TokenDispatcher), TokenDispatcher.All),
            GroupedGemm = Choice(nameof(TrainingRun.GroupedGemm)),
            DistributedOptimizer = Choice(nameof(TrainingRun.DistributedOptimizer)),
            GradientAccumulationFusion = Choice(nameof(TrainingRun.GradientAccumulationFusion)),
            RecomputeLayers = Number(nameof(TrainingRun.RecomputeLayers)),
            Dropout = Choice(nameof(TrainingRun.Dropout)),
            MtpLayers = Number(nameof(TrainingRun.MtpLayers)),
            Deterministic = Choice(nameof(TrainingRun.Deterministic)),
        };
    }

    private string[] Sentences()
    {
        var value = _copy?.Properties[nameof(MemoryEstimate.Assumptions)]?.Value;
        return (value is PSObject wrapped ? wrapped.BaseObject : value) is IEnumerable sentences and not string
            ? [.. sentences.Cast<object?>().Select(sentence => $"{sentence}")]
            : [$"{value}"];
    }

    private T? Named<T>(string property, NamedCatalogue<T> catalogue)
        where T : class, INamed
    {
        return Text(property) is { } name ? catalogue.Find(name) : null;
    }

    private bool? Choice(string property)
    {
        return Text(property) is not { } text ? null : bool.TryParse(text, out var isOn) ? isOn : throw Unreadable(property);
    }

    private int? Number(string property)
    {
        return Long(property) is not { } number ? null : number is >= 0 and <= int.MaxValue ? (int)number : throw Unreadable(property);
    }

    private long? Long(string property)
    {
        return Value(property) is not { } number ? null
            : number is >= 0 and <= long.MaxValue && decimal.Truncate(number) == number ? (long)number
            : throw Unreadable(property);
    }

    private decimal? Value(string property)
    {
        return Text(property) is not { } text ? null
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw Unreadable(property);
    }

    private string? Text(string property)
    {
        return TextOf(_copy?.Properties[property]?.Value);
    }

    private string? Text(string property, string part)
    {
        return _copy?.Properties[property]?.Value is { } value ? TextOf(PSObject.AsPSObject(value).Properties[part]?.Value) : null;
    }

    private static string? TextOf(object? value)
    {
        var text = value is PSObject { BaseObject: IFormattable } wrapped ? Invariant(wrapped.BaseObject) : Invariant(value);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string? Invariant(object? value)
    {
        return Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    private LlmMemoryException Unreadable(string property)
    {
        return new LlmMemoryException(
            ErrorIds.EstimateUnreadable,
            _given,
            $"{_copy?.TypeNames.FirstOrDefault() ?? "Nothing"} is no estimate: {property} cannot be read of it. "
            + "Pipe one: Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM | ConvertTo-LlmLaunchArgument.");
    }
}
