using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Plans beside trying every layout, and in which order they come.</summary>
public sealed class DeploymentSearchTests
{
    private const long GiB = PlanningCases.GiB;

    private static readonly (string Engine, string Model)[] Served =
    [
        ("Generic", "gpt2"), ("Generic", "llama-3.2-1b"), ("vLLM", "qwen2.5-0.5b"), ("vLLM", "llama-3.2-1b"), ("SGLang", "llama-3.2-1b"),
        ("TensorRT-LLM", "llama-3.2-1b"), ("SGLang", "qwen2.5-0.5b"),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_layout_of_a_grid_that_fits_is_found_and_no_other(int seed)
    {
        var grid = Grid(seed);
        var tried = grid.Layouts().Select(layout => (layout.Ranks, layout.Stages, layout.Copies)).ToHashSet();
        var plans = grid.Search(new DeploymentTerms { EveryLayout = true });

        Assert.All(plans, plan => Assert.True(plan.Fits, plan.Reason));
        Assert.Equal(tried.Order(), plans.Select(plan => (plan.TensorParallel!.Value, plan.PipelineParallel!.Value, plan.DataParallel!.Value)).Order());
        Assert.Equal(Enumerable.Range(1, plans.Count), plans.Select(plan => plan.Rank));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_first_plan_is_the_best_of_all_layouts(int seed)
    {
        var grid = Grid(seed);
        var tried = grid.Layouts().ToList();
        var fewest = First(grid, DeploymentObjective.FewestGpus);
        var roomiest = First(grid, DeploymentObjective.MostHeadroom);
        var all = grid.Search(new DeploymentTerms { EveryLayout = true });

        Assert.Equal(tried.Count == 0 ? null : tried.Min(layout => layout.Ranks * layout.Stages * layout.Copies), fewest?.GpuCount);
        Assert.Equal(tried.Count == 0 ? null : tried.Max(layout => layout.Fit.HeadroomBytes / (double)layout.Fit.AvailableBytes!), roomiest?.HeadroomShare);
        Assert.Equal(all.Max(plan => plan.DecodeTokensPerSecondBound), First(grid, DeploymentObjective.Throughput)?.DecodeTokensPerSecondBound);
    }

    [Fact]
    public void The_lowest_cost_is_that_of_the_cheapest_layout_of_any_device()
    {
        var workload = new InferenceWorkload { ContextLength = 4096, Concurrency = 40 };
        var (large, small) = (GpuCatalogue.All.Find("A100 SXM4 80GB"), GpuCatalogue.All.Find("L4"));
        var prices = new[] { Price("A100 SXM4 80GB", "1.79"), Price("L4", "0.49") };
        DeploymentGrid[] grids = [.. new[] { large, small }.Select(gpu => new DeploymentGrid("vLLM", "llama-3.1-8b", workload, new DeviceBudget(gpu.Name, gpu.UsableBytes, kind: gpu), 8, 8))];
        var least = grids.Zip([1.79m, 0.49m], (grid, price) => grid.Layouts().Min(layout => layout.Ranks * layout.Stages * layout.Copies * price)).Min();

        var candidates = new DeploymentCandidates(prices, null, 8).Of(grids.Select(grid => DevicePool.Of(grid.Device, 8))).ToList();
        var plans = DeploymentSearch.Find(
            PlanningCases.Served("vLLM", "llama-3.1-8b", workload), candidates, new DeploymentTerms { Objective = DeploymentObjective.LowestCost, EveryLayout = true });

        Assert.Equal(least, plans[0].CostPerHour);
        Assert.Equal(plans.Select(plan => plan.CostPerHour).Order(), plans.Select(plan => plan.CostPerHour));
        Assert.All(plans, plan => Assert.Equal((plan.Gpu == large.Name ? 1.79m : 0.49m) * plan.GpuCount, plan.CostPerHour));
    }

    [Fact]
    public void A_machine_is_paid_whole()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, Concurrency = 1 };
        var candidates = new DeploymentCandidates([DeploymentPrice.Parse(null, "p5.48xlarge", "55.04", "USD")], null, null)
            .OfInstances(name => name == "p5.48xlarge", "p5.48xlarge");
        var plan = DeploymentSearch.Find(PlanningCases.Served("vLLM", "llama-3.1-70b", workload), candidates, new DeploymentTerms())[0];

        Assert.Equal(("p5.48xlarge", 2, 1, 55.04m, "USD"), (plan.Instance, plan.GpuCount, plan.Nodes, plan.CostPerHour, plan.Currency));
        Assert.Equal((double)55.04m / plan.DecodeTokensPerSecondBound!.Value / 3600 * 1e6, plan.CostPerMillionTokensBound!.Value, 6);
    }

    [Fact]
    public void The_lowest_cost_without_a_price_is_an_error()
    {
        var error = Assert.Throws<LlmMemoryException>(() => Grid(1).Search(new DeploymentTerms { Objective = DeploymentObjective.LowestCost }));

        Assert.Equal(ErrorIds.PricesMissing, error.ErrorId);
    }

    [Theory]
    [InlineData("FewestGpus")]
    [InlineData("MostHeadroom")]
    [InlineData("Throughput")]
    public void Between_equals_what_changes_less_comes_first(string objective)
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-8b", new InferenceWorkload { ContextLength = 8192, Concurrency = 8 });
        DeploymentCandidate[] candidates = [.. new[] { "RTX 4090", "L4", "A100 SXM4 80GB", "H100 SXM5" }.Select(name => new DeploymentCandidate(PlanningCases.Gpus(name, 8)))];
        var terms = new DeploymentTerms { Objective = DeploymentObjective.All.Find(objective), AllowQuantization = true, EveryLayout = true };
        var plans = DeploymentSearch.Find(asked, candidates, terms);

        Assert.Contains(plans, plan => plan.DataType != "BF16");
        foreach (var (earlier, later) in plans.Zip(plans.Skip(1)))
        {
            Assert.True(Value(earlier).CompareTo(Value(later)) <= 0);
            if (Value(earlier).Equals(Value(later)))
            {
                Assert.True((Changes(earlier), earlier.GpuCount, earlier.Nodes, earlier.PipelineParallel).CompareTo((Changes(later), later.GpuCount, later.Nodes, later.PipelineParallel)) <= 0);
            }
        }

        double Value(DeploymentPlan plan)
        {
            return objective switch { "FewestGpus" => plan.GpuCount, "MostHeadroom" => -plan.HeadroomShare!.Value, _ => -plan.DecodeTokensPerSecondBound!.Value };
        }
    }

    [Fact]
    public void Layers_on_the_host_come_last_and_only_where_they_are_allowed()
    {
        var asked = PlanningCases.Served("LlamaCpp", "llama-3.1-8b", new InferenceWorkload { ContextLength = 4096, Concurrency = 1 });
        DeploymentCandidate[] candidates = [.. new[] { "RTX 4090", "RTX 3060" }.Select(name => new DeploymentCandidate(PlanningCases.Gpus(name, 1)))];
        var plain = DeploymentSearch.Find(asked, candidates, new DeploymentTerms());
        var offloading = DeploymentSearch.Find(asked, candidates, new DeploymentTerms { AllowOffload = true });

        Assert.Equal(["GeForce RTX 4090 24GB"], plain.Select(plan => plan.Gpu));
        Assert.Equal(["GeForce RTX 4090 24GB", "GeForce RTX 3060 12GB"], offloading.Select(plan => plan.Gpu));
        Assert.InRange(offloading[1].GpuLayers!.Value, 1, 32);
        var more = asked.Workload with { GpuLayers = offloading[1].GpuLayers + 1, GpuCount = 1 };
        Assert.False(FitJudge.Judge(PlanningCases.Served("LlamaCpp", "llama-3.1-8b", more), PlanningCases.Gpus("RTX 3060")).Fits);
        Assert.Null(offloading[1].DecodeTokensPerSecondBound);
    }

    [Fact]
    public void A_rejected_plan_says_why()
    {
        var asked = PlanningCases.Served("vLLM", "llama-3.1-70b", new InferenceWorkload { ContextLength = 8192, Concurrency = 1 });
        var plans = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Gpus("L4", 16), 16)], new DeploymentTerms { EveryLayout = true, IncludeRejected = true });

        Assert.All(plans.Where(plan => !plan.Fits), plan => Assert.False(string.IsNullOrEmpty(plan.Reason)));
        Assert.All(plans.Where(plan => !plan.Fits), plan => Assert.Equal(0, plan.Rank));
        Assert.Contains(plans, plan => plan.Reason?.Contains("3 ranks do not divide", StringComparison.Ordinal) == true);
        Assert.Contains(plans, plan => plan.Reason?.Contains("does not start", StringComparison.Ordinal) == true);
        Assert.True(plans.TakeWhile(plan => plan.Fits).Count() == plans.Count(plan => plan.Fits));
    }

    [Theory]
    [InlineData("vLLM", "Apple M3 Ultra 512GB", "Apple")]
    [InlineData("SGLang", "Apple M3 Ultra 512GB", "Apple")]
    [InlineData("TensorRT-LLM", "MI300X", "NVIDIA's devices alone")]
    [InlineData("vLLM", "P100", "compute capability 7.0")]
    [InlineData("SGLang", "V100 SXM2 32GB", "compute capability 7.5")]
    public void A_device_that_the_engine_does_not_run_on_is_no_plan(string engine, string gpu, string reason)
    {
        var plans = DeploymentSearch.Find(
            PlanningCases.Served(engine, "qwen2.5-0.5b", new InferenceWorkload { ContextLength = 512 }),
            [new DeploymentCandidate(PlanningCases.Gpus(gpu, null))],
            new DeploymentTerms { IncludeRejected = true });

        Assert.Contains(reason, Assert.Single(plans).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_search_ends_at_once()
    {
        DeploymentCandidate[] all = [.. GpuCatalogue.All.Select(gpu => new DeploymentCandidate(DevicePool.Of(new DeviceBudget(gpu.Name, gpu.UsableBytes, kind: gpu))))];
        var asked = PlanningCases.Served("vLLM", "llama-3.1-70b", new InferenceWorkload { ContextLength = 8192 });
        using var source = new CancellationTokenSource();
        var steps = new List<double>();

        Assert.Throws<OperationCanceledException>(() => DeploymentSearch.Find(asked, all, new DeploymentTerms { Stopping = new CancellationToken(canceled: true) }));
        Assert.Throws<OperationCanceledException>(() => DeploymentSearch.Find(asked, all, new DeploymentTerms { Stopping = source.Token }, share =>
        {
            steps.Add(share);
            if (steps.Count == 3)
            {
                source.Cancel();
            }
        }));
        Assert.Equal(3, steps.Count);
        Assert.True(steps.SequenceEqual(steps.Order()) && steps[^1] < 1);
    }

    [Fact]
    public void Machines_are_used_as_they_are_with_what_is_free()
    {
        var kind = GpuCatalogue.All.Find("H100 SXM5").Name;
        DeviceOffer Offer(string host, double free)
        {
            return DeviceOffer.Of(host, "NVIDIA H100 80GB HBM3", 81559L << 20, (long)(free * GiB), kind);
        }

        DeviceOffer[] offers = [Offer("one", 79), Offer("one", 20), Offer("two", 79), Offer("two", 79), Offer("two", 10)];
        DeploymentCandidate[] machines = [.. DeviceOffer.Pools(offers, [null], null).Select(pool => new DeploymentCandidate(pool))];
        var asked = PlanningCases.Served("Generic", "llama-3.1-70b", new InferenceWorkload { ContextLength = 8192, Concurrency = 1 });
        var plans = DeploymentSearch.Find(asked, machines, new DeploymentTerms { IncludeRejected = true });

        Assert.Equal(["2 x NVIDIA H100 80GB HBM3 of one", "3 x NVIDIA H100 80GB HBM3 of two"], machines.Select(machine => machine.Pool.Name));
        Assert.Equal((true, 2, 2), (plans[0].Fits, plans[0].GpuCount, plans[0].TensorParallel));
        Assert.False(plans[1].Fits);
        Assert.Equal(2, plans.Count);
    }

    [Fact]
    public void Training_takes_the_least_sharing_and_recomputing_that_fits_the_fewest_devices()
    {
        var asked = PlanningCases.Trained("HFTrainer", "llama-3.2-1b", new TrainingRun { SequenceLength = 2048, MicroBatchSize = 1 });
        var found = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Gpus("L4", 8))], new DeploymentTerms())[0];
        var tried = (from ranks in new[] { 1, 2, 4, 8 }
                     from sharding in ranks == 1 ? new Sharding?[] { null } : new Sharding?[] { Sharding.None, Sharding.ZeroOne, Sharding.ZeroTwo, Sharding.ZeroThree }
                     from recompute in new[] { Recomputation.None, Recomputation.Full }
                     let run = asked.Run with { DataParallel = ranks, Sharding = sharding, Recompute = recompute }
                     where FitJudge.Judge(PlanningCases.Trained("HFTrainer", "llama-3.2-1b", run), PlanningCases.Gpus("L4", ranks)).Fits
                     select (ranks, sharding?.Name, recompute.Name)).First();

        Assert.Equal(tried, (found.GpuCount, tried.Item2 is null ? null : found.Sharding, found.Recompute));
    }

    [Fact]
    public void A_count_of_parameters_takes_as_many_devices_as_hold_the_sum()
    {
        var asked = PlanningCases.Counted(70_000_000_000);
        var plan = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Devices(24 * GiB, null))], new DeploymentTerms()).Single();

        Assert.Equal((int)Math.Ceiling(asked.Estimate().TotalBytes / (24.0 * GiB)), plan.GpuCount);
    }

    [Fact]
    public void An_adapter_is_planned_on_the_base_model_that_was_stored()
    {
        var asked = PlanningCases.Adapted("TRL", "llama-3.1-8b", new AdapterSpecification { Rank = 16 }, new TrainingRun { SequenceLength = 1024, MicroBatchSize = 1 }, "NF4");
        var plan = DeploymentSearch.Find(asked, [new DeploymentCandidate(PlanningCases.Gpus("T4", 4))], new DeploymentTerms()).Single();

        Assert.Equal((1, "QLoRA"), (plan.GpuCount, plan.Fit!.Mode));
    }

    private static DeploymentPlan? First(DeploymentGrid grid, DeploymentObjective objective)
    {
        return grid.Search(new DeploymentTerms { Objective = objective, EveryLayout = true }) is [var first, ..] ? first : null;
    }

    // How far from what was asked: BF16 and BF16's cache first, then the cache, then the weights.
    private static int Changes(DeploymentPlan plan)
    {
        return (2 * Array.IndexOf(["BF16", "FP8", "AWQ"], plan.DataType)) + (plan.KvCacheType == "fp8" ? 1 : 0);
    }

    private static DeploymentPrice Price(string gpu, string perHour)
    {
        return DeploymentPrice.Parse(gpu, null, perHour, null);
    }

    private static DeploymentGrid Grid(int seed)
    {
        var random = new Random(seed);
        var (engine, model) = Served[seed % Served.Length];
        var gpu = GpuCatalogue.All.Find("H100 SXM5");
        var workload = new InferenceWorkload { ContextLength = 512, Concurrency = random.Next(1, 40) };
        var whole = PlanningCases.Fullest(PlanningCases.Served(engine, model, workload));
        var bytes = (long)(whole * (0.25 + (random.NextDouble() * 1.2)));
        return new DeploymentGrid(engine, model, workload, new DeviceBudget("device", bytes, kind: gpu), random.Next(2, 17), random.Next(1, 9));
    }
}
