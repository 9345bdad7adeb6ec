using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>How far compute buffers are from those that llama.cpp reports, as a share of each.</summary>
public sealed class LlamaCppComputeTests
{
    private static readonly (string Column, int? Gpu)[] Devices = [("compute_host", null), ("compute_gpu0", 0), ("compute_gpu1", 1)];

    [Fact]
    public void On_the_host_alone_and_with_a_whole_model_on_one_GPU_they_are_exact()
    {
        AssertExact(BufferTable.Carried);
    }

    [SharedDataFact("llamacpp-buffers.csv")]
    public void They_are_on_every_such_row_of_the_whole_table()
    {
        AssertExact(BufferTable.Shared);
    }

    // States on the host and expert layers between recurrent ones: five of 228 rows, and only on the GPU.
    [SharedDataFact("llamacpp-buffers.csv")]
    public void Spread_over_devices_all_but_some_of_recurrent_models_are_exact()
    {
        var wrong = Errors(BufferTable.Shared)
            .Where(error => error.Error > 0)
            .Select(error => error.Row)
            .ToList();

        Assert.True(wrong.Count <= 5, string.Join("\n", wrong));
        Assert.All(wrong, row => Assert.Contains(row.Architecture, (string[])["mamba", "granitehybrid"]));
        AssertWithin(Errors(BufferTable.Shared).Where(IsSpread), median: 0, p95: 0);
    }

    private static void AssertExact(BufferTable table)
    {
        var errors = Errors(table).Where(error => error.Row.IsFullOffload || error.Row.Device == "cpu").ToList();

        Assert.NotEmpty(errors);
        Assert.Empty(errors.Where(error => error.Error > 0).Select(error => $"{error.Row}: {error.Error:P2} off"));
    }

    private static bool IsSpread((BufferRow Row, double Error) error)
    {
        return error.Row.Device is "gpu2" || (error.Row.Device != "cpu" && !error.Row.IsFullOffload);
    }

    private static List<(BufferRow Row, double Error)> Errors(BufferTable table)
    {
        return [.. table.Estimates().SelectMany(estimate => Devices, (estimate, device) => (estimate.Row, Error(estimate, device)))
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.Row, pair.Item2!.Value))];
    }

    private static double? Error((BufferRow Row, LlamaCppMemory Memory) estimate, (string Column, int? Gpu) device)
    {
        var reported = estimate.Row[device.Column];
        var bytes = estimate.Memory.BytesOf(LlamaCppBufferKind.Compute, device.Gpu);
        return reported == 0 && bytes == 0 ? null : Math.Abs(bytes - (double)reported) / Math.Max(1, reported);
    }

    private static void AssertWithin(IEnumerable<(BufferRow Row, double Error)> errors, double median, double p95)
    {
        var sorted = errors.Select(error => error.Error).Order().ToList();
        Assert.NotEmpty(sorted);
        Assert.InRange(sorted[sorted.Count / 2], 0, median);
        Assert.InRange(sorted[(int)(sorted.Count * 0.95)], 0, p95);
    }
}
