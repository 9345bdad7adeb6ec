using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// Transformers against Qwen's own tables of generate with 2,048 new tokens (Data/transformers-runs.csv). The law was
/// found on the BF16 rows of Qwen2.5; Qwen3 was not part of it, and neither were the quantised rows.
/// </summary>
public sealed class TransformersMeasuredTests
{
    private static readonly List<Run> Runs =
    [
        .. File.ReadLines(ReferenceData.Carried("transformers-runs.csv"))
            .Skip(1)
            .Select(line => new Run(line.Split(',')))
            .Where(run => ModelCatalogue.All.TryFind(run.Model, out _)),
    ];

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

    private static List<double> Errors(IEnumerable<Run> runs)
    {
        return [.. runs.Select(run => Math.Abs((run.EstimatedGiB() / run.MeasuredGiB) - 1)).Order()];
    }

    private sealed record Run(string[] Cells)
    {
        public string Model => Cells[1];

        public string Format => Cells[3];

        public bool HasSecondHead => Format == "FP8" && Model is ("qwen3-0.6b" or "qwen3-4b");

        public long Prompt => long.Parse(Cells[4], CultureInfo.InvariantCulture);

        public double MeasuredGiB => double.Parse(Cells[6], CultureInfo.InvariantCulture);

        public double EstimatedGiB()
        {
            var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(Model));
            var stored = Format == "BF16" ? model : WeightFormats.SchemeOf(WeightFormats.All.Find(Format)).Quantize(model);
            var workload = new InferenceWorkload { PromptLength = Prompt, OutputLength = 2048 };
            var estimate = ServingEngines.All.Find("Transformers").Estimate(stored, workload, Cells[2]);
            return Bytes(estimate) / (double)(1L << 30);
        }

        private long Bytes(MemoryEstimate estimate)
        {
            return Cells[5] == "memory after generation"
                ? estimate.Phases.Single(phase => phase.Phase == "Decode").TotalBytes
                : estimate.TotalBytes;
        }
    }
}
