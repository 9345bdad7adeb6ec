using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Peaks of Megatron-LM that others measured, against the estimates.</summary>
public sealed class MegatronMeasuredTests
{
    private static readonly IReadOnlyList<MegatronRunRow> Rows = MegatronRunRow.ReadAll();

    [Theory]
    [InlineData("gpt", 338, 0.01, 0.05)]
    [InlineData("moe", 82, 0.015, 0.04)]
    [InlineData("bert", 19, 0.01, 0.025)]
    public void The_last_rank_holds_what_Megatrons_own_tests_recorded(string family, int rows, double median, double most)
    {
        var errors = Sorted(Rows.Where(row => row.Family == family).Select(row => row.Error));

        Assert.Equal(rows, errors.Count);
        Assert.True(errors[rows / 2] <= median, $"median {errors[rows / 2]:P2}");
        Assert.True(errors[(int)(rows * 0.95)] <= most, $"p95 {errors[(int)(rows * 0.95)]:P2}");
    }

    // Gated networks, latent attention, long samples; the fullest of all ranks.
    [Theory]
    [InlineData(true, 11, 0.012, 0.035)]
    [InlineData(false, 8, 0.012, 0.05)]
    public void Other_models_lie_within_five_percent(bool isBlind, int rows, double median, double most)
    {
        var errors = Sorted(SimuMaxRow.ReadAll().Where(row => row.IsBlind == isBlind).Select(row => row.Error));

        Assert.Equal(rows, errors.Count);
        Assert.True(errors[rows / 2] <= median, $"median {errors[rows / 2]:P2}");
        Assert.True(errors[^1] <= most, $"worst {errors[^1]:P2}");
    }

    [Fact]
    public void A_first_stage_can_be_fuller_than_the_one_with_the_loss()
    {
        var estimate = SimuMaxRow.ReadAll().Single(row => row.Model == "llama-3-70b" && row.Cells["pp"] == "2").Estimate();

        Assert.Equal("Backward", estimate.Devices[0].Phase);
        Assert.Equal("Head backward", estimate.Devices[^1].Phase);
        Assert.True(estimate.Devices[0].Bytes > estimate.Devices[^1].Bytes);
    }

    private static List<double> Sorted(IEnumerable<double> errors)
    {
        return [.. errors.Select(Math.Abs).Order()];
    }
}
