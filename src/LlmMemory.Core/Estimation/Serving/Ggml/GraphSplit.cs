using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>Consecutive nodes that one device computes, and what is copied to it before it starts.</summary>
/// <param name="Device">The device.</param>
/// <param name="Start">The first node.</param>
internal sealed record GraphSplit(int Device, int Start)
{
    /// <summary>The node after the last.</summary>
    public int End { get; set; }

    /// <summary>What is copied.</summary>
    public List<GraphCopy> Copies { get; } = [];
}
