using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Cases;
using LlmMemory.Naming;
using LlmMemory.Quantities;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Planning.Deployments;

/// <summary>The settings of a case that can be changed, one at a time, so that it takes less.</summary>
internal static class SettingChanges
{
    // What vLLM and SGLang work on at once without being told more, on small devices.
    private const long FewBatchedTokens = 2048;

    /// <summary>The changes.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="now">Its estimate.</param>
    public static IEnumerable<SettingChange> Of(EstimateCase asked, MemoryEstimate now)
    {
        var own = asked switch
        {
            ServingCase served => OfServing(served, now),
            TrainingCase trained => OfTraining(trained, now),
            _ => [],
        };
        return own.Concat(WeightLadder.Below(asked).Select(format => Stored(asked, now, format)));
    }

    private static IEnumerable<SettingChange> OfServing(ServingCase served, MemoryEstimate now)
    {
        var workload = served.Workload;
        if (CacheLadder.Below(served) is ServingCase cached)
        {
            yield return new("KvCacheType", now.KvCacheType, cached.Workload.KvCacheType!.Name, cached);
        }

        if (now.ContextLength is > 1 and { } context)
        {
            yield return new("ContextLength", TokenCount.Format(context), TokenCount.Format(context / 2), served.With(workload with { ContextLength = context / 2 }));
        }

        if (now.Concurrency is > 1 and { } requests)
        {
            yield return new("Concurrency", Text(requests), Text(requests / 2), served.With(workload with { Concurrency = requests / 2 }));
        }

        if (now.MaxBatchedTokens is > FewBatchedTokens and { } tokens)
        {
            yield return new("MaxBatchedTokens", Text(tokens), Text(FewBatchedTokens), served.With(workload with { MaxBatchedTokens = FewBatchedTokens }));
        }
    }

    private static IEnumerable<SettingChange> OfTraining(TrainingCase trained, MemoryEstimate now)
    {
        var run = trained.Run;
        if (now.Recompute == Recomputation.None.Name)
        {
            yield return new("Recompute", now.Recompute, Recomputation.Full.Name, trained.With(run with { Recompute = Recomputation.Full }));
        }

        if (now.MicroBatchSize is > 1 and { } samples)
        {
            yield return new("MicroBatchSize", Text(samples), "1", trained.With(run with { MicroBatchSize = 1 }));
        }

        if (now.SequenceLength is > 1 and { } length)
        {
            yield return new("SequenceLength", Text(length), Text(length / 2), trained.With(run with { SequenceLength = length / 2 }));
        }

        if (now.Optimizer == Optimizer.AdamW.Name)
        {
            yield return new("Optimizer", now.Optimizer, Optimizer.AdamW8Bit.Name, trained.With(run with { Optimizer = Optimizer.AdamW8Bit }));
        }

        if (run.DataParallel > 1 && now.Sharding != Sharding.ZeroThree.Name)
        {
            yield return new("Sharding", now.Sharding, Sharding.ZeroThree.Name, trained.With(run with { Sharding = Sharding.ZeroThree }));
        }

        if (now.LossKernel != LossKernel.FusedLinear.Name)
        {
            yield return new("LossKernel", now.LossKernel, LossKernel.FusedLinear.Name, trained.With(run with { LossKernel = LossKernel.FusedLinear }));
        }
    }

    private static SettingChange Stored(EstimateCase asked, MemoryEstimate now, INamed format)
    {
        return new("DataType", now.DataType, format.Name, asked.StoredAs(format));
    }

    private static string Text(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
