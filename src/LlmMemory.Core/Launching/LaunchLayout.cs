using System;
using LlmMemory.Errors;

namespace LlmMemory.Launching;

/// <summary>How the devices lie in nodes.</summary>
internal sealed class LaunchLayout
{
    /// <summary>What most servers hold, and what is taken where nobody says it.</summary>
    private const int UsualGpusPerNode = 8;

    private LaunchLayout(int gpusPerNode, int nodes, bool isAssumed)
    {
        GpusPerNode = gpusPerNode;
        Nodes = nodes;
        IsAssumed = isAssumed;
    }

    /// <summary>The devices of each node.</summary>
    public int GpusPerNode { get; }

    /// <summary>The nodes, at least one.</summary>
    public int Nodes { get; }

    /// <summary>True where the devices of a node were not said, and decide.</summary>
    public bool IsAssumed { get; }

    /// <summary>The layout of a request.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchLayoutInvalid"/>.</exception>
    public static LaunchLayout Of(LaunchRequest request)
    {
        CheckRanks(request);
        var all = request.GpuCount;
        var perNode = Math.Min(all, request.GpusPerNode ?? UsualGpusPerNode);
        if (perNode < 0 || (perNode == 0 && all > 0) || (perNode > 0 && all % perNode != 0))
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchLayoutInvalid,
                request.GpusPerNode ?? all,
                $"{all} devices do not lie in nodes of {request.GpusPerNode ?? UsualGpusPerNode}. Write a -GpusPerNode that divides them, such as -GpusPerNode {Divisor(all)}.");
        }

        return new LaunchLayout(perNode, perNode == 0 ? 1 : all / perNode, request.GpusPerNode is null && all > UsualGpusPerNode);
    }

    // llama.cpp has no ranks, whatever somebody asked for; its devices are what they are.
    private static void CheckRanks(LaunchRequest request)
    {
        if (LlamaCppDefaults.Run(request))
        {
            return;
        }

        var (tensor, pipeline, data) = request.Training is { } run
            ? (run.TensorParallel, run.PipelineParallel, run.DataParallel)
            : (request.Serving?.TensorParallel, request.Serving?.PipelineParallel, request.Serving?.DataParallel);
        if (tensor is null && pipeline is null && data is null)
        {
            return;
        }

        var context = request.Training?.ContextParallel ?? 1;
        if ((decimal)(tensor ?? 1) * (pipeline ?? 1) * (data ?? 1) * context != request.GpuCount)
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchLayoutInvalid,
                request.GpuCount,
                $"-TensorParallel {tensor ?? 1} x -PipelineParallel {pipeline ?? 1} x -DataParallel {data ?? 1}"
                + (context > 1 ? $" x -ContextParallel {context}" : string.Empty)
                + $" does not make the {request.GpuCount} devices of the estimate. Pipe the estimate as Get-LlmMemoryEstimate wrote it.");
        }
    }

    private static int Divisor(int all)
    {
        var divisor = Math.Min(Math.Max(all, 1), UsualGpusPerNode);
        while (all % divisor != 0)
        {
            divisor--;
        }

        return divisor;
    }
}
