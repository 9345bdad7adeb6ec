using System;
using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Sglang;

/// <summary>The components of one stage's ranks.</summary>
internal static class SglangComponents
{
    private const string PoolSource = "sgl-project/sglang, python/sglang/srt/model_executor/model_runner_kv_cache_mixin.py";

    /// <summary>Adds them, for every copy of the model.</summary>
    public static void Add(List<ComponentDraft> drafts, ServedModel served, SglangSettings settings, SglangStage stage, SglangPoolSize size)
    {
        var copies = settings.Resolved.DataParallel!.Value;
        for (var copy = 0; copy < copies; copy++)
        {
            var first = ((copy * settings.PipelineParallel) + stage.Index) * settings.TensorParallel;
            foreach (var draft in OfRank(served, settings, stage, size))
            {
                if (draft.Bytes > 0)
                {
                    drafts.Add(draft with { FirstDevice = first, DeviceCount = settings.TensorParallel });
                }
            }
        }
    }

    private static IEnumerable<ComponentDraft> OfRank(ServedModel served, SglangSettings settings, SglangStage stage, SglangPoolSize size)
    {
        yield return new(
            ComponentRole.Weights, "Weights", stage.WeightBytes, () => $"tensors of stage {stage.Index} over {settings.TensorParallel} rank(s), vocabulary padded to 64", "Sum over the rank's tensors, docs/models.md");
        yield return new(
            ComponentRole.Weights, "Absorbed projections", stage.AbsorbedBytes, () => "latent rank x heads x (key + value) of each layer, a second copy", "sgl-project/sglang, python/sglang/srt/models/deepseek_v2.py");
        yield return new(
            ComponentRole.Weights, "Rotary cache", stage.RotaryBytes, () => "positions x width x 4 bytes", "sgl-project/sglang, python/sglang/srt/layers/rotary_embedding.py");
        yield return new(
            ComponentRole.Weights, "Draft layers", stage.DraftWeightBytes, () => "layers of multi-token prediction, loaded by a worker of their own", "Sum over the rank's tensors, docs/models.md");
        foreach (var pool in OfPools(stage, size))
        {
            yield return pool;
        }

        yield return Running(
            ComponentRole.Activations,
            "Activations",
            SglangOverheads.ActivationBytes(served, settings),
            () => $"2 bytes x {settings.Resolved.MaxBatchedTokens} tokens x {served.Widths.Hidden} x {MeasuredActivations.Sglang.Coefficient(served.Widths, settings.TensorParallel):0.###}",
            "ai-dynamo/aiconfigurator, src/aiconfigurator/sdk/backends/sglang_backend.py");
        yield return Running(
            ComponentRole.Overhead, SglangOverheads.Graphs, SglangOverheads.GraphBytes(settings), () => $"2 MiB x cuda_graph_max_bs {settings.GraphBatch}", "sgl-project/sglang, python/sglang/srt/server_args.py");
        yield return new(
            ComponentRole.Overhead, "Distributed", SglangOverheads.DistributedBytes(settings), () => "torch.distributed and NCCL", "sgl-project/sglang#11716");
        yield return new(
            ComponentRole.Overhead, "CUDA context", SglangOverheads.ContextBytes, () => "522 MiB", "Measured on H100 with PyTorch, docs/serving.md");
    }

    private static IEnumerable<ComponentDraft> OfPools(SglangStage stage, SglangPoolSize size)
    {
        var pool = stage.Pool;
        yield return Pool("K cache", size.Tokens, pool.KeyBytes);
        yield return Pool("V cache", size.Tokens, pool.ValueBytes);
        yield return Pool("Latent cache", size.Tokens, pool.LatentBytes);
        yield return Pool("Sliding cache", size.SlidingTokens, pool.SlidingBytes);
        yield return Pool("Draft cache", size.Tokens, stage.DraftTokenBytes);
        yield return Running(
            ComponentRole.KvCache, "States", checked(size.Slots * pool.StateBytes), () => $"{size.Slots} slots x {pool.StateBytes} bytes", PoolSource);
    }

    // A stage without attention has no rows, however many tokens it would hold.
    private static ComponentDraft Pool(string name, long tokens, long tokenBytes)
    {
        return Running(
            ComponentRole.KvCache,
            name,
            tokenBytes == 0 ? 0 : checked(SglangPool.Rows(tokens) * tokenBytes),
            () => $"({tokens} tokens + 1) x {tokenBytes} bytes",
            PoolSource);
    }

    private static ComponentDraft Running(ComponentRole role, string name, long bytes, Func<string> formula, string source)
    {
        return new(role, name, bytes, formula, source) { Phases = (uint)ServingPhase.Running };
    }
}
