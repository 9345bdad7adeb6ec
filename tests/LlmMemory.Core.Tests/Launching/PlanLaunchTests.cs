using System.Linq;
using LlmMemory.Core.Tests.Planning;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using LlmMemory.Launching;
using LlmMemory.Planning;
using LlmMemory.Planning.Deployments;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Launching;

public sealed class PlanLaunchTests
{
    [Fact]
    public void A_plan_starts_on_the_devices_of_all_its_copies()
    {
        var plan = Best(new InferenceWorkload { ContextLength = 8192, Concurrency = 20, TensorParallel = 1, PipelineParallel = 1 }, "L4", 64);

        var document = LaunchTargets.All.Find("vLLM").Write(LaunchRequest.From(plan), null);

        Assert.True(plan.DataParallel > 1);
        Assert.Equal($"{plan.DataParallel}", $"{document.Settings.Single(setting => setting.Name == "--data-parallel-size").Value}");
        Assert.Contains("of one of", document.Text, System.StringComparison.Ordinal);
        Assert.Contains(plan.Gpu, document.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_maker_of_its_devices_decides_on_the_resource_of_Kubernetes()
    {
        var plan = Best(new InferenceWorkload { ContextLength = 8192 }, "MI300X", 1);

        Assert.Contains("amd.com/gpu: 1", LaunchTargets.All.Find("Kubernetes").Write(LaunchRequest.From(plan), null).Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_does_not_fit_is_not_started()
    {
        var plan = Plans(new InferenceWorkload { ContextLength = 8192 }, "T4", 1, "llama-3.1-70b").Single();

        Assert.Equal(ErrorIds.LaunchLayoutInvalid, Assert.Throws<LlmMemoryException>(() => LaunchRequest.From(plan)).ErrorId);
    }

    private static DeploymentPlan Best(InferenceWorkload workload, string gpu, int count)
    {
        return Plans(workload, gpu, count, "llama-3.1-8b").First(plan => plan.Fits);
    }

    private static System.Collections.Generic.IReadOnlyList<DeploymentPlan> Plans(InferenceWorkload workload, string gpu, int count, string model)
    {
        var kind = GpuCatalogue.All.Find(gpu);
        var pool = DevicePool.Of(new DeviceBudget(kind.Name, kind.UsableBytes, kind: kind), count);
        return DeploymentSearch.Find(
            PlanningCases.Served("vLLM", model, workload), [new DeploymentCandidate(pool)], new DeploymentTerms { IncludeRejected = true });
    }
}
