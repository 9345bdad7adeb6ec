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

namespace LlmMemory.Core.Tests.Serving;

/// <summary>A row of Qwen's own tables: the memory of a generate with 2,048 new tokens, and the estimate of it.</summary>
internal sealed record TransformersRun(string[] Cells)
{
    public string Model => Cells[1];

    public string Format => Cells[3];

    public bool HasSecondHead => Format == "FP8" && Model is ("qwen3-0.6b" or "qwen3-4b");

    public long Prompt => long.Parse(Cells[4], CultureInfo.InvariantCulture);

    public double MeasuredGiB => double.Parse(Cells[6], CultureInfo.InvariantCulture);

    public string Name => $"{Model} {Format}, prompt {Prompt}";

    /// <summary>The rows whose model is in the catalogue: Qwen2-57B-A14B is not.</summary>
    public static IReadOnlyList<TransformersRun> ReadAll()
    {
        return
        [
            .. File.ReadLines(ReferenceData.Carried("transformers-runs.csv"))
                .Skip(1)
                .Select(line => new TransformersRun(line.Split(',')))
                .Where(run => ModelCatalogue.All.TryFind(run.Model, out _)),
        ];
    }

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
