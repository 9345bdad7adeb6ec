using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Models;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Training;

/// <summary>
/// A golden value of Megatron-LM's functional tests: torch's allocated_bytes.all.peak on the last rank, which is of the
/// last stage. Source: NVIDIA/Megatron-LM tests/functional_tests/test_cases, golden_values_*.json, with the
/// model_config.yaml of the commit that recorded each. What tests/LlmMemory.Accuracy says is left out is not in the table.
/// </summary>
internal sealed record MegatronRunRow(IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>The folder of the test: gpt, moe, bert.</summary>
    public string Family => Cells["test"].Split('/')[0];

    public string Name => $"{Cells["test"]}, {Cells["golden"]}";

    public double Error => (LastRank() / double.Parse(Cells["peak"], CultureInfo.InvariantCulture)) - 1;

    public static IReadOnlyList<MegatronRunRow> ReadAll()
    {
        var lines = File.ReadAllLines(ReferenceData.Carried("megatron-runs.csv"));
        var names = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Select(line => new MegatronRunRow(names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))),
        ];
    }

    public LlmModel Model()
    {
        return MegatronModelRow.Read(this);
    }

    public MemoryEstimate Estimate()
    {
        return TrainingFrameworks.Megatron.Estimate(Model(), Run(), Cells["version"]);
    }

    /// <summary>A cell; 0 where it is empty.</summary>
    public int Number(string name)
    {
        return Said(name) ?? 0;
    }

    public TrainingRun Run()
    {
        return new TrainingRun
        {
            MicroBatchSize = Number("micro_batch"),
            SequenceLength = Number("sequence"),
            GradientAccumulation = Number("micro_batches"),
            DataParallel = Number("dp"),
            TensorParallel = Number("tp"),
            PipelineParallel = Number("pp"),
            VirtualPipeline = Said("chunks"),
            PipelineLayout = Cells["layout"].Length == 0 ? null : Cells["layout"],
            MicroBatchGroup = Said("group"),
            ContextParallel = Number("cp"),
            ExpertParallelSize = Said("ep"),
            ExpertTensorParallel = Said("etp"),
            SequenceParallel = Is("sp"),
            DistributedOptimizer = Is("distributed"),
            GradientAccumulationFusion = Is("fusion"),
            GroupedGemm = Is("grouped"),
            TokenDispatcher = Cells["dispatcher"].Length == 0 ? null : TokenDispatcher.All.Find(Cells["dispatcher"]),
            Recompute = Recomputation.All.Find(Cells["recompute"]),
            RecomputeLayers = Said("recompute_layers"),
            AttentionKernel = AttentionKernel.All.Find(Cells["attention"]),
            LayerKernels = LayerKernels.All.Find(Cells["kernels"]),
            LossKernel = LossKernel.All.Find(Cells["loss"]),
            Dropout = Is("dropout"),
            Deterministic = Is("deterministic"),
            GpuGeneration = GpuGeneration.All.Find(Cells["gpu"]),
            Optimizer = LlmMemory.Workloads.Optimizer.All.Find(Cells["optimizer"]),
        };
    }

    private long LastRank()
    {
        return Estimate().Devices.Last().Bytes;
    }

    private bool Is(string name)
    {
        return Cells[name] == "1";
    }

    private int? Said(string name)
    {
        return Cells[name].Length == 0 ? null : int.Parse(Cells[name], CultureInfo.InvariantCulture);
    }
}
