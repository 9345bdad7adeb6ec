using System;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Planning.Limits;

/// <summary>A setting that is a count: each step more needs as much or more.</summary>
internal sealed class CountedSetting : LimitSetting
{
    // More than any of them is asked for, and few enough that no figure leaves 64 bits by them alone.
    private const long Most = 1L << 30;

    private readonly string _belongsTo;

    private CountedSetting(string name, string description, string belongsTo)
        : base(name, description)
    {
        _belongsTo = belongsTo;
    }

    public static CountedSetting ContextLength { get; } =
        new(nameof(ContextLength), "ContextLength: the tokens that a request may have, up to the model's own context", "a known model that is served (-Engine)")
        {
            Serving = (workload, value) => workload with { ContextLength = value },
            LastServed = served => (served.Model?.ContextLength ?? Most, "it is the model's own context"),
        };

    public static CountedSetting Concurrency { get; } =
        new(nameof(Concurrency), "Concurrency: the requests in flight at a time", "a known model that is served (-Engine)")
        {
            Serving = (workload, value) => workload with { Concurrency = value },
            LastServed = LastConcurrency,
        };

    public static CountedSetting GpuLayers { get; } =
        new(nameof(GpuLayers), "GpuLayers: the layers on GPUs, the output as one more", "llama.cpp and what starts it (-Engine LlamaCpp)")
        {
            Serving = (workload, value) => workload with { GpuLayers = (int)value },
            First = 0,
            LastServed = served => ((served.Model?.Architecture?.Layers.Count ?? 0) + 1, "all layers and the output are there"),
            SuitsEngine = engine => engine.Splitting == DeviceSplitting.Count,
        };

    public static CountedSetting LoraSlots { get; } =
        new(nameof(LoraSlots), "LoraSlots: the adapters that are kept loaded", "vLLM (-Engine vLLM)")
        {
            Serving = (workload, value) => workload with { LoraSlots = (int)value },
            SuitsEngine = engine => engine.Name == "vLLM",
        };

    public static CountedSetting MicroBatchSize { get; } =
        new(nameof(MicroBatchSize), "MicroBatchSize: the samples of a pass on one rank", "the training of a known model (-Mode Training)")
        {
            Training = (run, value) => run with { MicroBatchSize = (int)value },
        };

    public static CountedSetting SequenceLength { get; } =
        new(nameof(SequenceLength), "SequenceLength: the tokens of a sample, up to the model's own context", "the training of a known model (-Mode Training)")
        {
            Training = (run, value) => run with { SequenceLength = value },
            LastTrained = asked => (asked.Model?.ContextLength ?? Most, "it is the model's own context"),
        };

    public static CountedSetting Rank { get; } =
        new(nameof(Rank), "Rank: the rank of an adapter", "an adapter of a known model (Get-LoraMemoryEstimate -Model llama-3.1-8b -Rank 16)")
        {
            Adapter = (specification, value) => specification with { Rank = (int)value },
        };

    public static CountedSetting Parameters { get; } =
        new(nameof(Parameters), "Parameters: the size of a model of which only the count is known", "a bare count of parameters (-Parameters 7B)")
        {
            Count = (asked, value) => asked.With(value),
            Last = Quantities.ParameterCount.MaxValue,
        };

    private Func<InferenceWorkload, long, InferenceWorkload>? Serving { get; init; }

    private Func<TrainingRun, long, TrainingRun>? Training { get; init; }

    private Func<AdapterSpecification, long, AdapterSpecification>? Adapter { get; init; }

    private Func<CountCase, long, CountCase>? Count { get; init; }

    private Func<ServingEngine, bool> SuitsEngine { get; init; } = _ => true;

    private Func<ServingCase, (long Last, string End)>? LastServed { get; init; }

    private Func<TrainingCase, (long Last, string End)>? LastTrained { get; init; }

    private long First { get; init; } = 1;

    private long Last { get; init; } = Most;

    internal override LimitScale ScaleOf(EstimateCase asked, DevicePool pool)
    {
        return asked switch
        {
            ServingCase served when Serving is { } change && SuitsEngine(served.Prepared.Engine) =>
                Scale(value => served.With(change(served.Workload, value)), LastServed?.Invoke(served)) with
                {
                    FitsAgainUpTo = served.Prepared.Engine.Splitting == DeviceSplitting.Count ? UnevenUpTo : last => last,
                },
            TrainingCase trained when Training is { } change => Scale(value => trained.With(change(trained.Run, value)), LastTrained?.Invoke(trained)),
            TrainingCase { Adapter: { } adapter } trained when Adapter is { } change => Scale(value => trained.With(change(adapter, value)), null),
            CountCase counted when Count is { } change => Scale(value => change(counted, value), null),
            _ => throw Unsuited(_belongsTo),
        };
    }

    private LimitScale Scale(Func<long, EstimateCase> at, (long Last, string End)? last)
    {
        return last is var (value, end) ? new LimitScale(First, value, at) { End = end } : new LimitScale(First, Last, at);
    }

    // llama.cpp places its buffers anew for every size: a value can be placed a little worse than those after it. Seen
    // of up to 8 values, of 16 where they are below 16. The output alone takes more of a device than the output and a layer on another.
    private static long UnevenUpTo(long last)
    {
        const long Few = 16;
        return last < Few ? Math.Max(last + 2, 4 * last) : last + Few;
    }

    // An engine that runs so many sequences at most runs no more, however much memory there is.
    private static (long Last, string End) LastConcurrency(ServingCase served)
    {
        return served.Workload.MaxSequences is { } most ? (most, "no more sequences run at once (-MaxSequences)") : (Most, "no more can be asked for");
    }
}
