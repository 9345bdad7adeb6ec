using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>What advice says it frees is what the changed case frees.</summary>
public sealed class DeploymentAdviceTests
{
    [Theory]
    [InlineData("vLLM", 32768, 32)]
    [InlineData("SGLang", 8192, 16)]
    [InlineData("Generic", 8192, 64)]
    [InlineData("LlamaCpp", 8192, 4)]
    public void Each_advice_on_serving_is_judged_again(string engine, long context, long requests)
    {
        var workload = new InferenceWorkload { ContextLength = context, Concurrency = requests };
        var asked = PlanningCases.Served(engine, "llama-3.1-70b", workload);
        DeploymentCandidate[] candidates = [new(PlanningCases.Gpus("RTX 4090", 1)), new(PlanningCases.Gpus("L4", 1))];
        var rejected = DeploymentSearch.Find(asked, candidates, new DeploymentTerms { IncludeRejected = true });
        var advice = AdviceSearch.Find(rejected, new FitTerms());

        Assert.All(rejected, plan => Assert.False(plan.Fits));
        Assert.NotEmpty(advice);
        Assert.Equal(advice.Select(each => each.FreedBytes).OrderDescending(), advice.Select(each => each.FreedBytes));
        Assert.All(advice, each =>
        {
            var changed = Changed(engine, Layout(workload, engine), each);
            var fit = FitJudge.Judge(changed, PlanningCases.Gpus("RTX 4090", 1));
            Assert.Equal((each.Setting, each.To, fit.RequiredBytes), (each.Setting, each.To, each.RequiredAfterBytes));
            Assert.Equal((fit.Fits, fit.Reason), (each.Fits, each.StillMissing));
            Assert.True(each.FreedBytes > 0);
        });
    }

    [Fact]
    public void Advice_on_training_names_settings_of_training()
    {
        var asked = PlanningCases.Trained("HFTrainer", "llama-3.1-8b", new TrainingRun { SequenceLength = 8192, MicroBatchSize = 4 });
        var rejected = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Gpus("RTX 4090", 2))], new DeploymentTerms { IncludeRejected = true });
        var advice = AdviceSearch.Find(rejected, new FitTerms()).ToDictionary(each => each.Setting + each.To);

        Assert.Contains("MicroBatchSize1", advice.Keys);
        Assert.Contains("SequenceLength4096", advice.Keys);
        Assert.All(advice.Values, each => Assert.Equal(each.RequiredBytes - each.RequiredAfterBytes, each.FreedBytes));
    }

    [Fact]
    public void Nothing_that_was_judged_is_no_advice()
    {
        var refused = DeploymentSearch.Find(
            PlanningCases.Served("TensorRT-LLM", "llama-3.2-1b", new InferenceWorkload { ContextLength = 512 }),
            [new DeploymentCandidate(PlanningCases.Gpus("MI300X"))],
            new DeploymentTerms { IncludeRejected = true });

        Assert.Single(refused);
        Assert.Empty(AdviceSearch.Find(refused, new FitTerms()));
    }

    private static InferenceWorkload Layout(InferenceWorkload workload, string engine)
    {
        return engine == "LlamaCpp" ? workload with { GpuCount = 1 } : workload with { TensorParallel = 1, PipelineParallel = 1 };
    }

    private static ServingCase Changed(string engine, InferenceWorkload workload, DeploymentAdvice advice)
    {
        return advice.Setting switch
        {
            "KvCacheType" => PlanningCases.Served(engine, "llama-3.1-70b", workload with { KvCacheType = CacheTypes.All.Find(advice.To) }),
            "ContextLength" => PlanningCases.Served(engine, "llama-3.1-70b", workload with { ContextLength = workload.ContextLength / 2 }),
            "Concurrency" => PlanningCases.Served(engine, "llama-3.1-70b", workload with { Concurrency = Number(advice.To) }),
            "MaxBatchedTokens" => PlanningCases.Served(engine, "llama-3.1-70b", workload with { MaxBatchedTokens = Number(advice.To) }),
            "DataType" => PlanningCases.Served(engine, "llama-3.1-70b", workload, advice.To),
            _ => throw new KeyNotFoundException(advice.Setting),
        };
    }

    private static long Number(string text)
    {
        return long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
