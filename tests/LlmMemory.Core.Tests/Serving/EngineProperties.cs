using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>What holds for every engine, model and workload.</summary>
public sealed class EngineProperties
{
    private static readonly string[] Split = ["Weights", "KV cache", "K cache", "V cache", "Latent cache", "Sliding cache", "States", "Activations", "Forward pass"];

    [Property]
    public void The_total_is_the_sum_of_the_components_in_the_binding_phase(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt more, bool isKnown)
    {
        var estimate = EngineModels.Any(engine.Get, model.Get).Estimate(Workload(tokens, more) with { DeviceMemory = isKnown ? 80L << 30 : null });

        Assert.All(estimate.Components, part => Assert.True(part.Bytes >= 0, part.Name));
        Assert.Equal(estimate.TotalBytes, InPeak(estimate));
        Assert.Equal(estimate.TotalBytes, estimate.Phases.Single(phase => phase.Phase == estimate.Phase).TotalBytes);
    }

    [Property]
    public void Devices_and_host_add_up_to_the_total(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt more)
    {
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var estimate = prepared.Estimate(Workload(tokens, more) with { TensorParallel = EngineModels.HasRanks(prepared) ? 2 : null });
        var parts = estimate.Components.Where(part => part.IsInPeak).ToLookup(part => part.Device);

        Assert.Equal(estimate.TotalBytes, parts.Sum(device => device.Sum(part => part.Bytes)));
        Assert.Equal(estimate.MaxDeviceBytes, parts.Where(device => device.Key != "Host").Max(device => device.Sum(part => part.Bytes)));
        Assert.Equal(EngineModels.HasRanks(prepared) ? 2 : 1, estimate.DeviceCount);
    }

    [Property]
    public void More_context_never_takes_less(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt more)
    {
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var less = Workload(tokens, more);

        AssertNotLess(prepared, less, less with { ContextLength = less.ContextLength + more.Get });
    }

    [Property]
    public void More_requests_never_take_less(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt more)
    {
        // In one cache, where llama.cpp's compute buffers do not shrink with the share of each request.
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var less = Workload(tokens, more) with { UnifiedKv = true };

        AssertNotLess(prepared, less, less with { Concurrency = less.Concurrency * 2 });
    }

    [Property]
    public void More_ranks_never_put_more_of_the_model_on_one_device(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt ranks)
    {
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var fewer = 1 << (ranks.Get % 4);
        if (!EngineModels.HasRanks(prepared) || Refused(prepared, fewer * 2))
        {
            return;
        }

        var workload = Workload(tokens, ranks);
        var narrow = prepared.Estimate(workload with { TensorParallel = fewer });
        var wide = prepared.Estimate(workload with { TensorParallel = fewer * 2 });

        // What ranks talk to each other with comes on top.
        Assert.All(Split, name => Assert.True(OnFirst(wide, name) <= OnFirst(narrow, name), $"{prepared.Engine} {prepared.Model.Name} {name}"));
    }

    [Property]
    public void A_prepared_model_says_what_the_engine_says(PositiveInt engine, PositiveInt model, PositiveInt tokens, PositiveInt more)
    {
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var workload = Workload(tokens, more);
        var once = prepared.Engine.Estimate(prepared.Model, workload);
        var again = prepared.Estimate(workload);

        Assert.Equal(once.Components.Select(part => (part.Name, part.Bytes, part.Formula)), again.Components.Select(part => (part.Name, part.Bytes, part.Formula)));
        Assert.Equal(once.Assumptions, again.Assumptions);
    }

    [Property]
    public void Whatever_the_settings_there_is_an_estimate_or_an_error_with_an_id(
        PositiveInt engine, PositiveInt model, long context, long requests, PositiveInt ranks, PositiveInt stages, long memory)
    {
        var prepared = EngineModels.Any(engine.Get, model.Get);
        var workload = new InferenceWorkload
        {
            ContextLength = 1 + Math.Abs(context % (1L << 40)),
            Concurrency = 1 + Math.Abs(requests % (1L << 40)),
            TensorParallel = ranks.Get,
            PipelineParallel = stages.Get,
            DeviceMemory = memory == 0 ? null : 1 + Math.Abs(memory % (1L << 50)),
        };
        try
        {
            Assert.True(prepared.Estimate(workload).TotalBytes > 0);
        }
        catch (LlmMemoryException error)
        {
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.ErrorId);
        }
    }

    [Property]
    public void What_was_taken_for_granted_stands_in_sentences(PositiveInt engine, PositiveInt model, PositiveInt tokens)
    {
        var estimate = EngineModels.Any(engine.Get, model.Get).Estimate(Workload(tokens, tokens));

        Assert.NotEmpty(estimate.Assumptions);
        Assert.All(estimate.Assumptions, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }

    private static InferenceWorkload Workload(PositiveInt tokens, PositiveInt more)
    {
        return new InferenceWorkload { ContextLength = 256 + (tokens.Get * 997L % 100_000), Concurrency = 1 << (more.Get % 4) };
    }

    private static void AssertNotLess(PreparedModel prepared, InferenceWorkload less, InferenceWorkload more)
    {
        Assert.True(prepared.Estimate(less).TotalBytes <= prepared.Estimate(more).TotalBytes, $"{prepared.Engine} {prepared.Model.Name} {less.ContextLength} {less.Concurrency}");
    }

    private static bool Refused(PreparedModel prepared, int ranks)
    {
        try
        {
            prepared.Estimate(new InferenceWorkload { ContextLength = 512, TensorParallel = ranks });
            return false;
        }
        catch (LlmMemoryException)
        {
            return true;
        }
    }

    private static long InPeak(MemoryEstimate estimate)
    {
        return estimate.Components.Where(part => part.IsInPeak).Sum(part => part.Bytes);
    }

    private static long OnFirst(MemoryEstimate estimate, string name)
    {
        return estimate.Components.Where(part => part.Device == "Device 0" && part.Name == name).Sum(part => part.Bytes);
    }
}
