using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// Transformers against Qwen's own tables of generate with 2,048 new tokens (Data/transformers-runs.csv). The law was
/// found on the BF16 rows of Qwen2.5; Qwen3 was not part of it, and neither were the quantised rows.
/// </summary>
public sealed class TransformersMeasuredTests
{
    private static readonly IReadOnlyList<TransformersRun> Runs = TransformersRun.ReadAll();

    [Fact]
    public void Prompts_of_some_length_have_a_median_error_of_at_most_two_per_cent()
    {
        // Left out: the 72B, which lay on several devices whose peaks do not fall together (up to 12 % more at 30,720);
        // and FP8 of models with a tied head, whose files have the head once more (0.28 and 0.72 GiB).
        var errors = Errors(Runs.Where(run => run.Prompt > 1 && !run.Model.Contains("72b", StringComparison.Ordinal) && !run.HasSecondHead));

        Assert.True(errors.Count > 90, $"{errors.Count} rows");
        Assert.True(errors[errors.Count / 2] <= 0.02, $"median {errors[errors.Count / 2]:P2}");
        Assert.True(errors[^1] <= 0.075, $"worst {errors[^1]:P2}");
    }

    [Fact]
    public void What_remains_after_generating_is_right_on_models_that_no_coefficient_came_from()
    {
        // AWQ's kernel keeps more the longer the prompt was, up to 7 %; it is not modelled.
        var errors = Errors(Runs.Where(run => run.Model.StartsWith("qwen3", StringComparison.Ordinal) && run.Format != "AWQ" && !run.HasSecondHead));

        Assert.True(errors[errors.Count / 2] <= 0.005, $"median {errors[errors.Count / 2]:P2}");
        Assert.True(errors[^1] <= 0.015, $"worst {errors[^1]:P2}");
    }

    private static List<double> Errors(IEnumerable<TransformersRun> runs)
    {
        return [.. runs.Select(run => Math.Abs((run.EstimatedGiB() / run.MeasuredGiB) - 1)).Order()];
    }
}
