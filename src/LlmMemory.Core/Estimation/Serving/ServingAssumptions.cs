using System.Collections.Generic;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>What every engine that knows no file format of its own says of a model and a workload.</summary>
internal static class ServingAssumptions
{
    /// <summary>The sentences, to be continued by the engine.</summary>
    /// <param name="served">The model.</param>
    /// <param name="said">The workload as it was said.</param>
    /// <param name="engine">What the engine calls itself.</param>
    /// <param name="known">The settings that it reads, by the names of their parameters.</param>
    public static List<string> Of(ServedModel served, InferenceWorkload said, string engine, IReadOnlyCollection<string> known)
    {
        var assumptions = new List<string>(served.Model.Assumptions);
        assumptions.AddRange(EngineScope.Unused(said, engine, known));
        if (said.ContextLength > served.ContextLength)
        {
            assumptions.Add(
                $"A context of {TokenCount.Format(said.ContextLength.Value)} is longer than the {TokenCount.Format(served.ContextLength.Value)} "
                + "that the model was made for: engines warn or refuse it unless its rotary positions are stretched.");
        }

        return assumptions;
    }
}
