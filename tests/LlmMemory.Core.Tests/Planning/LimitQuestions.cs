using System;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Random questions for the search of limits, the same ones in each run.</summary>
internal static partial class LimitQuestions
{
    private const long Most = 1L << 30;

    private static readonly string[] Engines = ["Generic", "vLLM", "SGLang", "TensorRT-LLM", "Transformers", "LlamaCpp", "Ollama", "LMStudio"];

    private static readonly string[] RankEngines = ["Generic", "vLLM", "SGLang", "TensorRT-LLM"];

    private static readonly string[] CountEngines = ["LlamaCpp", "Ollama", "LMStudio"];

    private static readonly string[] Models = ["gpt2", "qwen2.5-0.5b", "llama-3.2-1b", "gemma-3-1b", "qwen3-0.6b", "pythia-160m", "smollm2-135m"];

    private static readonly string[] Frameworks = ["HFTrainer", "TRL", "TorchLoop", "torchtune", "Megatron"];

    private static readonly string[] TrainedModels = ["gpt2", "llama-3.2-1b", "qwen2.5-0.5b", "qwen3-0.6b"];

    /// <summary>A question about a setting.</summary>
    public static LimitQuestion Any(string setting, LimitDirection direction, Random random)
    {
        return (setting, direction) switch
        {
            ("ContextLength", _) => ContextLength(random),
            ("Concurrency", _) => Concurrency(random),
            ("GpuLayers", _) => GpuLayers(random),
            ("LoraSlots", _) => LoraSlots(random),
            ("MicroBatchSize", _) => MicroBatchSize(random),
            ("SequenceLength", _) => SequenceLength(random),
            ("Rank", _) => Rank(random),
            ("Parameters", _) => Parameters(random),
            ("TensorParallel", _) => TensorParallel(random),
            ("Count", _) => Count(random),
            ("ZeroStage", _) => ZeroStage(random),
            _ => DataTypeBits(direction, random),
        };
    }

    private static LimitQuestion Parameters(Random random)
    {
        var near = LogUniform(random, 100_000_000_000);
        var mode = Pick(random, EstimateMode.Inference, EstimateMode.Training);
        var (format, adapter) = (Pick(random, "BF16", "F32", "INT4", "NF4"), random.Next(3) == 0);
        EstimateCase At(long value)
        {
            return adapter
                ? CountCase.Of(value, null, new AdapterWorkload { AdapterParameters = 20_000_000 })
                : PlanningCases.Counted(value, mode == EstimateMode.Training ? "BF16" : format, mode);
        }

        var count = random.Next(1, 5);
        var pool = PlanningCases.Devices((At(near).Estimate().TotalBytes / count) + random.Next(1000), count);
        return new LimitQuestion($"{near} {mode} {format} {adapter} on {count}", At(1), "Parameters", LimitDirection.Maximize, pool, 1, 1L << 62, At) { Near = near };
    }

    private static LimitQuestion TensorParallel(Random random)
    {
        int? count = random.Next(3) == 0 ? null : random.Next(1, 17);
        var model = Pick(random, Models);
        if (random.Next(5) == 0)
        {
            model = Pick(random, TrainedModels);
            var run = new TrainingRun { SequenceLength = 512 };
            EstimateCase Trained(long value)
            {
                return PlanningCases.Trained("Megatron", model, run with { TensorParallel = (int)value });
            }

            return Ranked($"Megatron {model}", Trained, count, random);
        }

        var engine = Pick(random, RankEngines);
        var workload = new InferenceWorkload { ContextLength = 1024, Concurrency = 4 };
        return Ranked($"{engine} {model}", value => PlanningCases.Served(engine, model, workload with { TensorParallel = (int)value }), count, random);
    }

    private static LimitQuestion Ranked(string name, Func<long, EstimateCase> at, int? count, Random random)
    {
        var pool = PlanningCases.Devices((long)(PlanningCases.Fullest(at(1)) * Share(random)), count);
        return new LimitQuestion($"{name} on {count}", at(1), "TensorParallel", LimitDirection.Minimize, pool, 1, count ?? 64, at);
    }

    private static LimitQuestion Count(Random random)
    {
        var (number, count) = (random.Next(4), random.Next(4) == 0 ? (int?)null : random.Next(1, 17));
        var (model, engine) = (Pick(random, Models), Pick(random, RankEngines));
        EstimateCase asked = number switch
        {
            0 => PlanningCases.Counted(LogUniform(random, 100_000_000_000)),
            1 => PlanningCases.Trained(Pick(random, "HFTrainer", "TRL", "torchtune"), Pick(random, TrainedModels), new TrainingRun { SequenceLength = 256, Sharding = Sharding.ZeroThree }),
            2 => PlanningCases.Served(Pick(random, CountEngines), model, new InferenceWorkload { ContextLength = 512, Concurrency = 1 }),
            _ => PlanningCases.Served(engine, model, new InferenceWorkload { ContextLength = 1024, Concurrency = 4 }),
        };
        var bytes = (long)(PlanningCases.Fullest(asked) * Share(random));
        return new LimitQuestion(
            $"{asked.Estimate().Engine ?? asked.Estimate().Framework} {asked.Model?.Name} on {count} of {bytes}",
            asked, "Count", LimitDirection.Minimize, PlanningCases.Devices(bytes, count), 1, count ?? 64, _ => asked)
        {
            PoolAt = value => PlanningCases.Devices(bytes, (int)value),
        };
    }

    // The formats that each of them loads, as its documentation lists them, fewest bits first.
    private static LimitQuestion DataTypeBits(LimitDirection direction, Random random)
    {
        var (engine, model) = (Pick(random, "Generic", "vLLM", "SGLang", "Transformers", "LlamaCpp", "TRL", "count"), Pick(random, "qwen2.5-0.5b", "llama-3.2-1b"));
        string[] formats = engine switch
        {
            "LlamaCpp" => ["IQ2_M", "Q2_K", "IQ3_M", "Q3_K_M", "IQ4_XS", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "BF16"],
            "Transformers" or "TRL" => ["NF4", "INT8", "BF16"],
            "count" => ["INT4", "INT8", "BF16", "F32"],
            _ => ["AWQ", "FP8", "BF16"],
        };
        EstimateCase Stored(string? format)
        {
            return engine switch
            {
                "count" => PlanningCases.Counted(1_000_000_000, format ?? "BF16"),
                "TRL" => PlanningCases.Adapted("TRL", model, new AdapterSpecification { Rank = 16 }, new TrainingRun { SequenceLength = 128 }, format),
                _ => PlanningCases.Served(engine, model, new InferenceWorkload { ContextLength = 512, Concurrency = 1 }, format),
            };
        }

        EstimateCase At(long value)
        {
            return Stored(formats[value]);
        }

        var pool = Sized(At(random.Next(formats.Length)), random);
        return new LimitQuestion($"{engine} {model}", Stored(null), "DataTypeBits", direction, pool, 0, formats.Length - 1, At) { Show = value => formats[value] };
    }

    // A device that holds a case, and a little more at times; an engine that fills a share of its devices takes a larger one.
    private static DevicePool Sized(EstimateCase asked, Random random)
    {
        var share = asked is ServingCase served && served.Prepared.Engine.Name is "vLLM" or "SGLang" or "TensorRT-LLM" ? 0.9 : 1;
        return PlanningCases.Devices((long)(PlanningCases.Fullest(asked) / share) + random.Next(3) switch { 0 => 0, 1 => random.Next(1 << 20), _ => random.Next(1 << 28) }, null);
    }

    // The nearest of some values that is not refused.
    private static long Accepted(long near, Func<long, EstimateCase> at)
    {
        for (var value = near; value > 0; value /= 2)
        {
            if (IsAccepted(at, value))
            {
                return value;
            }
        }

        return IsAccepted(at, near * 10) ? near * 10 : throw new ArgumentOutOfRangeException(nameof(near), near, "Refused.");
    }

    private static bool IsAccepted(Func<long, EstimateCase> at, long value)
    {
        try
        {
            at(value).Estimate();
            return true;
        }
        catch (LlmMemoryException)
        {
            return false;
        }
    }

    private static double Share(Random random)
    {
        return random.Next(4) == 0 ? 1.4 * random.NextDouble() : 0.15 + random.NextDouble();
    }

    private static long LogUniform(Random random, long most)
    {
        return (long)Math.Exp(random.NextDouble() * Math.Log(most));
    }

    private static T Pick<T>(Random random, params T[] values)
    {
        return values[random.Next(values.Length)];
    }
}
