using System.Collections.Generic;

namespace LlmMemory.Estimation;

/// <summary>Collects the sentences of <see cref="MemoryEstimate.Assumptions"/>.</summary>
internal static class AssumptionList
{
    /// <summary>Adds the sentence where it holds.</summary>
    public static void AddIf(this ICollection<string> assumptions, bool holds, string sentence)
    {
        if (holds)
        {
            assumptions.Add(sentence);
        }
    }
}
