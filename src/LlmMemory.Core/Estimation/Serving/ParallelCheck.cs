using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// What every engine that splits a model asks of it: ranks that divide its heads, stages that each have a layer, and a
/// context that somebody says. Sources: vllm-project/vllm, vllm/config/model.py (verify_with_parallel_config) and
/// vllm/model_executor/layers/linear.py (QKVParallelLinear); sgl-project/sglang and NVIDIA/TensorRT-LLM divide heads by ranks without a rest in the same way.
/// </summary>
internal static class ParallelCheck
{
    // More than any cluster has, and few enough to be counted one by one.
    private const long MaxDevices = 1L << 16;

    /// <summary>Checks ranks, stages and copies.</summary>
    /// <param name="served">The model.</param>
    /// <param name="resolved">The workload, ranks, stages and copies filled in.</param>
    /// <param name="engine">The engine's name, as a sentence begins with it.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.EngineRefusesSetting"/> or <see cref="ErrorIds.ServingSettingOutOfRange"/>.
    /// </exception>
    public static void Check(ServedModel served, InferenceWorkload resolved, string engine)
    {
        var (ranks, stages) = (resolved.TensorParallel!.Value, resolved.PipelineParallel!.Value);
        CheckDevices(ranks, stages, resolved.DataParallel!.Value);
        if (!Divide(served, ranks))
        {
            var good = Enumerable.Range(1, Math.Min(ranks, served.AttentionHeads)).Last(fewer => Divide(served, fewer));
            throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                ranks,
                $"{engine} splits by heads, and {ranks} ranks do not divide those of {Quoted.Value(served.Model.Name)}: {Heads(served)}. "
                + $"Write a divisor: -TensorParallel {good}.");
        }

        if (stages > served.LayerCount)
        {
            throw new LlmMemoryException(
                ErrorIds.EngineRefusesSetting,
                stages,
                $"{Quoted.Value(served.Model.Name)} has {served.LayerCount} layers, which {stages} stages cannot share. "
                + "Write fewer: -PipelineParallel 2.");
        }
    }

    /// <summary>The tokens that the model was made for.</summary>
    /// <param name="served">The model.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.EngineRefusesSetting"/>: nothing says it.</exception>
    public static long ContextOf(ServedModel served)
    {
        return served.ContextLength ?? throw new LlmMemoryException(
            ErrorIds.EngineRefusesSetting,
            served.Model.Name,
            $"{Quoted.Value(served.Model.Name)} does not say how long its context is. Say it: -ContextLength 8k.");
    }

    private static void CheckDevices(long ranks, long stages, long copies)
    {
        if (ranks > MaxDevices || stages > MaxDevices || copies > MaxDevices || ranks * stages * copies > MaxDevices)
        {
            throw new LlmMemoryException(
                ErrorIds.ServingSettingOutOfRange,
                Math.Max(ranks, Math.Max(stages, copies)),
                $"{ranks} ranks x {stages} stages x {copies} copies are more than {MaxDevices} devices. "
                + "Write less: -TensorParallel 8 -PipelineParallel 2 -DataParallel 4.");
        }
    }

    // Heads with keys are split, or copied a whole number of times.
    private static bool Divide(ServedModel served, int ranks)
    {
        return served.AttentionHeads % ranks == 0
            && served.KeyValueHeads.All(heads => heads >= ranks ? heads % ranks == 0 : ranks % heads == 0);
    }

    private static string Heads(ServedModel served)
    {
        var keys = served.KeyValueHeads.Count == 0 ? string.Empty : $", {string.Join(" and ", served.KeyValueHeads)} with keys";
        return $"{served.AttentionHeads} heads{keys}";
    }
}
