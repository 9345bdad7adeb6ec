using System;
using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// How layers are spread over pipeline stages: evenly, and what is left goes to the last stages but one, because the
/// last has the head. Source: vllm-project/vllm, vllm/distributed/utils.py (get_pp_indices).
/// </summary>
internal static class PipelineStages
{
    /// <summary>The number of layers of each stage, in order.</summary>
    /// <param name="layers">All layers.</param>
    /// <param name="stages">The stages, at most as many as there are layers.</param>
    public static IReadOnlyList<int> Split(int layers, int stages)
    {
        var counts = new int[stages];
        for (var i = 0; i < stages; i++)
        {
            counts[i] = layers / stages;
        }

        for (var i = 2; i < (layers % stages) + 2; i++)
        {
            counts[Math.Max(0, stages - i)]++;
        }

        return counts;
    }
}
