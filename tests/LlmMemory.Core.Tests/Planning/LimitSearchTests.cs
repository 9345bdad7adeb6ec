using System;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Planning;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>What a limit says beside its value.</summary>
public sealed class LimitSearchTests
{
    private const long GiB = PlanningCases.GiB;

    [Fact]
    public void One_step_further_is_said_with_what_it_would_take_and_why_not()
    {
        foreach (var (setting, direction) in new[] { ("Concurrency", LimitDirection.Maximize), ("MicroBatchSize", LimitDirection.Maximize), ("Parameters", LimitDirection.Maximize), ("Rank", LimitDirection.Maximize) })
        {
            var random = new Random(7);
            for (var time = 0; time < 12; time++)
            {
                var question = LimitQuestions.Any(setting, direction, random);
                var limit = question.Search();
                if (limit.Value is not long value || value == question.Last)
                {
                    continue;
                }

                Assert.Equal(value + 1, limit.NextValue);
                Assert.False(question.Fits(value + 1));
                Assert.Equal(question.Judge(value).RequiredBytes, limit.RequiredBytes);
                Assert.Equal(Next(question, value + 1), (limit.NextRequiredBytes, limit.Reason));
            }
        }
    }

    [Fact]
    public void The_end_of_a_setting_is_said()
    {
        var limit = Limit(PlanningCases.Served("vLLM", "llama-3.2-1b", new InferenceWorkload { Concurrency = 1 }), "ContextLength", PlanningCases.Gpus("H100 SXM5"));

        Assert.Equal((131072L, null, null), (limit.Value, limit.NextValue, limit.NextRequiredBytes));
        Assert.Equal("131072 is the most: it is the model's own context.", limit.Reason);
        Assert.True(limit.Trials < 40);
    }

    [Fact]
    public void The_least_that_is_possible_is_said()
    {
        var limit = Limit(PlanningCases.Served("vLLM", "llama-3.2-1b", new InferenceWorkload { ContextLength = 512 }), "TensorParallel", PlanningCases.Gpus("H100 SXM5", null), LimitDirection.Minimize);

        Assert.Equal((1L, null, "1 is the least."), (limit.Value, limit.NextValue, limit.Reason));
    }

    [Fact]
    public void Where_nothing_fits_there_is_no_value_and_a_reason()
    {
        var limit = Limit(PlanningCases.Served("Generic", "llama-3.1-8b", new InferenceWorkload { Concurrency = 1 }), "ContextLength", PlanningCases.Devices(8 * GiB));

        Assert.Null(limit.Value);
        Assert.Null(limit.Estimate);
        Assert.Null(limit.HeadroomBytes);
        Assert.Equal(1L, limit.NextValue);
        Assert.StartsWith("Device 0 needs", limit.Reason, StringComparison.Ordinal);
        Assert.True(limit.NextRequiredBytes > 8 * GiB);
    }

    [Fact]
    public void Where_no_count_of_devices_fits_the_most_says_why()
    {
        var limit = Limit(PlanningCases.Served("Generic", "llama-3.1-70b", new InferenceWorkload { ContextLength = 512 }), "Count", PlanningCases.Devices(1 * GiB, 4), LimitDirection.Minimize);

        Assert.Null(limit.Value);
        Assert.Equal(4L, limit.NextValue);
        Assert.NotNull(limit.Reason);
    }

    // llama.cpp starts with four slots, each of which takes a token at least: a context of 1 is refused.
    [Fact]
    public void A_context_that_is_refused_for_being_too_short_does_not_end_the_search()
    {
        var asked = PlanningCases.Served("LlamaCpp", "llama-3.1-8b", new InferenceWorkload());
        var limit = Limit(asked, "ContextLength", PlanningCases.Gpus("RTX 4090"));
        var value = Assert.IsType<long>(limit.Value);

        Assert.True(value > 10_000);
        Assert.True(FitJudge.Judge(PlanningCases.Served("LlamaCpp", "llama-3.1-8b", new InferenceWorkload { ContextLength = value }), PlanningCases.Gpus("RTX 4090")).Fits);
        Assert.False(FitJudge.Judge(PlanningCases.Served("LlamaCpp", "llama-3.1-8b", new InferenceWorkload { ContextLength = value + 256 }), PlanningCases.Gpus("RTX 4090")).Fits);
    }

    [Fact]
    public void What_is_refused_whatever_the_value_is_the_cases_own_error()
    {
        var asked = PlanningCases.Served("vLLM", "gpt2", new InferenceWorkload { TensorParallel = 5 });

        Assert.Equal(ErrorIds.EngineRefusesSetting, Assert.Throws<LlmMemoryException>(() => Limit(asked, "ContextLength", PlanningCases.Gpus("L4", null))).ErrorId);
    }

    // Two ranks and two stages are a copy, so devices come four at a time.
    [Fact]
    public void Devices_of_a_training_are_counted_in_whole_copies()
    {
        var asked = PlanningCases.Trained("Megatron", "llama-3.1-8b", new TrainingRun { SequenceLength = 2048, TensorParallel = 2, PipelineParallel = 2 });
        var limit = Limit(asked, "Count", PlanningCases.Gpus("H100 SXM5", null), LimitDirection.Minimize);

        Assert.Equal(4L, limit.Value);
        Assert.Equal(4, limit.Estimate!.DeviceCount);
        Assert.Contains("do not divide into copies of 4", limit.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ContextLength", "TRL")]
    [InlineData("ContextLength", "count")]
    [InlineData("Concurrency", "count")]
    [InlineData("GpuLayers", "vLLM")]
    [InlineData("LoraSlots", "SGLang")]
    [InlineData("MicroBatchSize", "vLLM")]
    [InlineData("SequenceLength", "Generic")]
    [InlineData("Rank", "TRL")]
    [InlineData("Rank", "vLLM")]
    [InlineData("Parameters", "vLLM")]
    [InlineData("TensorParallel", "LlamaCpp")]
    [InlineData("TensorParallel", "Transformers")]
    [InlineData("TensorParallel", "TRL")]
    [InlineData("TensorParallel", "count")]
    [InlineData("Count", "Transformers")]
    [InlineData("ZeroStage", "vLLM")]
    [InlineData("ZeroStage", "count")]
    public void A_setting_of_something_else_is_refused_and_the_error_says_of_what(string setting, string kind)
    {
        EstimateCase asked = kind switch
        {
            "count" => PlanningCases.Counted(7_000_000_000),
            "TRL" => PlanningCases.Trained("TRL", "gpt2", new TrainingRun()),
            _ => PlanningCases.Served(kind, "gpt2", new InferenceWorkload { ContextLength = 256 }),
        };
        var direction = LimitSettings.Maximized.TryFind(setting, out _) ? LimitDirection.Maximize : LimitDirection.Minimize;
        var error = Assert.Throws<LlmMemoryException>(() => Limit(asked, setting, PlanningCases.Gpus("L4", null), direction));

        Assert.Equal((ErrorIds.LimitSettingUnsuited, (object)setting), (error.ErrorId, error.Value));
        Assert.StartsWith($"{setting} is no setting of this estimate: it belongs to ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZeroStage", LimitDirection.Maximize)]
    [InlineData("TensorParallel", LimitDirection.Maximize)]
    [InlineData("Count", LimitDirection.Maximize)]
    [InlineData("ContextLength", LimitDirection.Minimize)]
    [InlineData("Rank", LimitDirection.Minimize)]
    public void An_end_that_a_setting_does_not_have_is_refused(string setting, LimitDirection direction)
    {
        var error = Assert.Throws<LlmMemoryException>(() => LimitSettings.EnsureHas(LimitSettings.All.Find(setting), direction));

        Assert.Equal(ErrorIds.LimitSettingUnsuited, error.ErrorId);
    }

    // What is refused takes nothing that could be said.
    private static (long? Bytes, string? Reason) Next(LimitQuestion question, long value)
    {
        try
        {
            var fit = question.Judge(value);
            return (fit.RequiredBytes, fit.Reason);
        }
        catch (LlmMemoryException error)
        {
            return (null, error.Message);
        }
    }

    private static MemoryLimit Limit(EstimateCase asked, string setting, DevicePool pool, LimitDirection direction = LimitDirection.Maximize)
    {
        return LimitSearch.Find(asked, LimitSettings.All.Find(setting), direction, pool);
    }
}
