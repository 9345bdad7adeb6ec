using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Planning;

/// <summary>How a case is spread over several devices where nobody says it.</summary>
internal static class DeviceSpread
{
    /// <summary>The case on so many devices, and a sentence that says how it is spread; unchanged where that was said.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="devices">The devices that it may use.</param>
    public static (EstimateCase Case, string? Note) Over(EstimateCase asked, int devices)
    {
        return asked switch
        {
            _ when devices == 1 => (asked, null),
            ServingCase serving => Over(serving, devices),
            TrainingCase { Run: { DataParallel: null, TensorParallel: null, PipelineParallel: null } } training => (
                training.With(training.Run with { DataParallel = devices }), $"{devices} ranks that train on different samples, as no layout was said (-DataParallel)."),
            _ => (asked, null),
        };
    }

    /// <summary>True where ranks and stages are to be chosen.</summary>
    public static bool IsFree(EstimateCase asked)
    {
        return asked is ServingCase
        {
            Prepared.Engine.Splitting: DeviceSplitting.Ranks,
            Workload: { TensorParallel: null, PipelineParallel: null, DataParallel: null },
        };
    }

    /// <summary>The case on so many devices, whatever was said about the layout of one that is served.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="devices">The devices that it uses.</param>
    public static EstimateCase Exactly(EstimateCase asked, int devices)
    {
        return asked switch
        {
            ServingCase { Prepared.Engine.Splitting: DeviceSplitting.Count } served => served.With(served.Workload with { GpuCount = devices }),
            ServingCase served when devices == 1 => served.With(served.Workload with { TensorParallel = 1, PipelineParallel = 1, DataParallel = 1 }),
            ServingCase served => Over(served.With(served.Workload with { TensorParallel = null, PipelineParallel = null, DataParallel = null }), devices).Case,
            TrainingCase trained => trained.With(trained.Run with { DataParallel = CopiesOver(trained.Run, devices) }),
            _ => asked,
        };
    }

    /// <summary>Ranks and stages that make up a number of devices, the most ranks first.</summary>
    public static IEnumerable<(int Ranks, int Stages)> Layouts(int devices)
    {
        return Enumerable.Range(1, devices).Where(stages => devices % stages == 0).Select(stages => (devices / stages, stages));
    }

    // Ranks and stages that were said make up one copy.
    private static int CopiesOver(TrainingRun run, int devices)
    {
        var ranks = (run.TensorParallel ?? 1) * (run.PipelineParallel ?? 1) * (run.ContextParallel ?? 1);
        return devices % ranks == 0
            ? devices / ranks
            : throw new LlmMemoryException(ErrorIds.TrainingSettingInvalid, devices, $"{devices} device(s) do not divide into copies of {ranks}. Write a multiple: {ranks}.");
    }

    private static (EstimateCase Case, string? Note) Over(ServingCase serving, int devices)
    {
        var workload = serving.Workload;
        return serving.Prepared.Engine.Splitting switch
        {
            DeviceSplitting.Count when workload.GpuCount is null => (serving.With(workload with { GpuCount = devices }), null),
            DeviceSplitting.Ranks when IsFree(serving) => OverRanks(serving, devices),
            _ => (serving, null),
        };
    }

    private static (EstimateCase Case, string? Note) OverRanks(ServingCase serving, int devices)
    {
        foreach (var (ranks, stages) in Layouts(devices))
        {
            var layout = serving.With(serving.Workload with { TensorParallel = ranks, PipelineParallel = stages });
            if (IsAccepted(layout))
            {
                return (layout, $"{ranks} rank(s) x {stages} stage(s), as no layout was said (-TensorParallel, -PipelineParallel).");
            }
        }

        return (serving, null);
    }

    private static bool IsAccepted(EstimateCase layout)
    {
        try
        {
            layout.Estimate();
            return true;
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.EngineRefusesSetting)
        {
            return false;
        }
    }
}
