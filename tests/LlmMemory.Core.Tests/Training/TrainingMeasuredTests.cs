using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Peaks that others measured (Data/training-runs.csv; each row names its source), against the estimates.</summary>
public sealed class TrainingMeasuredTests
{
    private static readonly IReadOnlyList<TrainingRunRow> Rows = TrainingRunRow.ReadAll();

    [Theory]
    [InlineData("full")]
    [InlineData("lora")]
    [InlineData("qlora/gptq")]
    public void Trainings_of_fixed_length_lie_within_one_percent(string way)
    {
        var errors = Errors(row => row.Set.StartsWith("IBM A100 " + way, StringComparison.Ordinal));

        Assert.True(errors.Count >= 40, $"{errors.Count} rows");
        Assert.True(Median(errors) <= 0.002, $"median {Median(errors):P2}");
        Assert.True(errors.Max() <= 0.01, $"worst {errors.Max():P2}");
    }

    [Theory]
    [InlineData("PEFT method comparison", 0.02, 0.04)]
    [InlineData("torchtune", 0.02, 0.12)]
    public void Other_frameworks_lie_as_near_as_their_rows_allow(string set, double median, double worst)
    {
        var errors = Errors(row => row.Set == set);

        Assert.True(Median(errors) <= median, $"median {Median(errors):P2}");
        Assert.True(errors.Max() <= worst, $"worst {errors.Max():P2}");
    }

    [Fact]
    public void LitGPT_with_weights_of_16_bits_lies_within_six_percent()
    {
        var errors = Errors(row => row.Set == "litgpt" && row.Cells["format"] == "BF16");

        Assert.True(Median(errors) <= 0.02, $"median {Median(errors):P2}");
        Assert.True(errors.Max() <= 0.06, $"worst {errors.Max():P2}");
    }

    [Theory]
    [InlineData("323", "Optimizer step")]
    [InlineData("332", "End of backward")]
    [InlineData("331", "Loss")]
    public void The_phase_that_binds_is_named(string id, string phase)
    {
        Assert.Equal(phase, Rows.Single(row => row.Id == id).Estimate().Phase);
    }

    private static List<double> Errors(Func<TrainingRunRow, bool> wanted)
    {
        return [.. Rows.Where(wanted).Select(row => Math.Abs(row.Error)).Order()];
    }

    private static double Median(List<double> sorted)
    {
        return sorted[sorted.Count / 2];
    }
}
