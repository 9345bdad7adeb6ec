using System.Collections.Generic;

namespace LlmMemory.Accuracy;

/// <summary>The report: how far estimates lie from what was measured, section by section.</summary>
internal static class Report
{
    /// <summary>The blocks of the page.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return "# How accurate the estimates are";
        yield return "Made from the tables under `tests/LlmMemory.Core.Tests/Data` by `dotnet run --project tests/LlmMemory.Accuracy`; the gate checks that it is what they give. An error is the estimate less the measurement; medians and percentiles are of its size. What a coefficient was fitted on is called in-sample and is no accuracy; rows that are left out are left out by the rule that stands there.";
        yield return "A band comes from models that none of a profile's coefficients came from, or there is none: so far vLLM 0.19 has one, and what nvidia-smi shows of a training.";
        foreach (var section in new[] { LlamaCppSection.Lines(), VllmSection.Lines(), VllmOtherSection.Lines(), TransformersSection.Lines(), TrainingSection.Lines(), MegatronSection.Lines() })
        {
            foreach (var line in section)
            {
                yield return line;
            }
        }
    }
}
