using System;
using System.Linq;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Core.Tests.Planning;

/// <content>Questions about serving.</content>
internal static partial class LimitQuestions
{
    private static LimitQuestion ContextLength(Random random)
    {
        var (engine, model) = (Pick(random, Engines), Pick(random, Models));
        var workload = new InferenceWorkload { Concurrency = Pick(random, 1, 2, 3, 5), TensorParallel = Ranks(random, engine) };
        var last = PlanningCases.Model(model).ContextLength!.Value;
        return Served(engine, model, "ContextLength", random, last, value => workload with { ContextLength = value }) with { IsExhaustive = random.Next(4) == 0 };
    }

    private static LimitQuestion Concurrency(Random random)
    {
        var (engine, model) = (Pick(random, Engines), Pick(random, Models));
        var workload = new InferenceWorkload
        {
            ContextLength = Pick(random, 100, 256, 512, 1000),
            TensorParallel = Ranks(random, engine),
            MaxSequences = engine == "vLLM" && random.Next(2) == 0 ? 100 : null,
        };
        return Served(engine, model, "Concurrency", random, workload.MaxSequences ?? Most, value => workload with { Concurrency = value }, 250);
    }

    private static LimitQuestion GpuLayers(Random random)
    {
        var (engine, model) = (Pick(random, CountEngines), Pick(random, Models));
        var workload = new InferenceWorkload { ContextLength = 512, Concurrency = 1, GpuCount = random.Next(1, 4) };
        var last = PlanningCases.Model(model).Architecture!.Layers.Count + 1;
        return Served(engine, model, "GpuLayers", random, last, value => workload with { GpuLayers = (int)value }) with { First = 0 };
    }

    private static LimitQuestion LoraSlots(Random random)
    {
        var workload = new InferenceWorkload { ContextLength = 1024, Concurrency = 2, MaxLoraRank = Pick(random, 8, 16, 32, 64) };
        return Served("vLLM", Pick(random, "qwen2.5-0.5b", "llama-3.2-1b", "qwen3-0.6b"), "LoraSlots", random, Most, value => workload with { LoraSlots = (int)value }, 60);
    }

    private static LimitQuestion Served(
        string engine, string model, string setting, Random random, long last, Func<long, InferenceWorkload> with, long most = long.MaxValue)
    {
        EstimateCase At(long value)
        {
            return PlanningCases.Served(engine, model, with(value));
        }

        var near = Accepted(LogUniform(random, Math.Min(last, most)), At);
        return new LimitQuestion($"{engine} {model} {Text(with(near))}", At(1), setting, LimitDirection.Maximize, Sized(At(near), random), 1, last, At) { Near = near };
    }

    private static string Text(InferenceWorkload workload)
    {
        return $"context {workload.ContextLength}, {workload.Concurrency} request(s), {workload.GpuCount} GPU(s), {workload.GpuLayers} layers, {workload.LoraSlots} slots of rank {workload.MaxLoraRank}";
    }

    private static int? Ranks(Random random, string engine)
    {
        return RankEngines.Contains(engine) && random.Next(3) == 0 ? 1 : null;
    }
}
