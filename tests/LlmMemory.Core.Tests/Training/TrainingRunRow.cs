using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.DataTypes;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Training;

/// <summary>A measured peak of PyTorch's allocator, and the run that it was measured in.</summary>
internal sealed record TrainingRunRow(IReadOnlyDictionary<string, string> Cells)
{
    public string Id => Cells["id"];

    public string Set => Cells["set"];

    public string Model => Cells["model"];

    public double PeakGiB => double.Parse(Cells["peak_gib"], CultureInfo.InvariantCulture);

    public string Name => $"{Id}: {Model} {Cells["format"]}, {Cells["micro_batch"]} x {Cells["sequence"]}";

    public double Error => (EstimatedGiB() / PeakGiB) - 1;

    /// <summary>The rows whose model is in the catalogue.</summary>
    public static IReadOnlyList<TrainingRunRow> ReadAll()
    {
        var lines = File.ReadAllLines(ReferenceData.Carried("training-runs.csv"));
        var names = lines[0].Split(',');
        return
        [
            .. lines.Skip(1)
                .Select(line => line.Split(','))
                .Select(cells => new TrainingRunRow(names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)))
                .Where(row => ModelCatalogue.All.TryFind(row.Model, out _)),
        ];
    }

    public double EstimatedGiB()
    {
        return Estimate().MaxDeviceBytes / (double)(1L << 30);
    }

    public MemoryEstimate Estimate()
    {
        var format = Cells["format"];
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(Model));
        var stored = format == "BF16" ? model : WeightFormats.SchemeOf(WeightFormats.All.Find(format)).Quantize(model);
        return TrainingFrameworks.All.Find(Cells["framework"]).Estimate(stored, Run(stored), Cells["version"]);
    }

    private TrainingRun Run(LlmModel model)
    {
        return new TrainingRun
        {
            MicroBatchSize = Number("micro_batch"),
            SequenceLength = Number("sequence"),
            DataParallel = Number("ranks"),
            GradientAccumulation = Number("accumulation"),
            Sharding = Cells["sharding"].Length == 0 ? null : Sharding.All.Find(Cells["sharding"]),
            Precision = TrainingPrecision.All.Find(Cells["precision"]),
            AttentionKernel = AttentionKernel.All.Find(Cells["attention"]),
            LayerKernels = LayerKernels.All.Find(Cells["kernels"]),
            LossKernel = Cells["loss"].Length == 0 ? null : LossKernel.All.Find(Cells["loss"]),
            Recompute = Recomputation.All.Find(Cells["recompute"]),
            Optimizer = LlmMemory.Workloads.Optimizer.All.Find(Cells["optimizer"]),
            OptimizerInBackward = Cells["in_backward"] == "1",
            Adapter = Cells["method"].Length == 0 ? null : AdapterBuilder.Build(model, Adapter()),
            AdapterDropout = Cells["dropout"] == "1",
        };
    }

    private AdapterSpecification Adapter()
    {
        return new AdapterSpecification
        {
            Method = AdapterMethod.All.Find(Cells["method"]),
            Rank = Cells["rank"].Length == 0 ? null : Number("rank"),
            Tokens = Cells["virtual_tokens"].Length == 0 ? null : Number("virtual_tokens"),
            TargetModules = Cells["targets"].Split(' ', System.StringSplitOptions.RemoveEmptyEntries),
            DataType = Cells["framework"] == "LitGPT" ? DataTypeCatalogue.BF16 : null,
        };
    }

    private int Number(string name)
    {
        return int.Parse(Cells[name], CultureInfo.InvariantCulture);
    }
}
