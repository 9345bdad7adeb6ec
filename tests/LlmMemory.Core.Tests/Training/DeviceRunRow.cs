using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Estimation;

namespace LlmMemory.Core.Tests.Training;

/// <summary>
/// A run of IBM's with what nvidia-smi showed of a GPU, beside the estimate of it. Source: foundation-model-stack/
/// fms-acceleration scripts/benchmarks/refs, the columns of nvidia-smi.
/// </summary>
internal sealed record DeviceRunRow(TrainingRunRow Run, double ShownGiB, MemoryEstimate Estimate)
{
    // An A100 has 80 GiB. Where a run comes near, PyTorch gives back what it keeps and does not use (c10/cuda/
    // CUDACachingAllocator.cpp: it frees cached blocks and tries again), so that the row says nothing of what it would keep.
    private const double RoomGiB = 72;

    private const double GiB = 1L << 30;

    /// <summary>The family that the shares were chosen on.</summary>
    public bool IsChosenOn => Run.Model == "mistral-7b-v0.1";

    public double EstimatedGiB => Estimate.DeviceUsedBytes!.Value / GiB;

    public bool HasRoom => EstimatedGiB < RoomGiB;

    public double Error => (EstimatedGiB / ShownGiB) - 1;

    /// <summary>What was shown, less what lies outside the allocator, as a share of the allocated estimate.</summary>
    public double Share => (ShownGiB - ((Estimate.DeviceUsedBytes!.Value - Estimate.ReservedBytes!.Value) / GiB)) / (Estimate.MaxDeviceBytes / GiB);

    /// <summary>Which of the four shares holds.</summary>
    public string Way => Run.Cells["ranks"] == "1"
        ? Run.Cells["loss"] == "FusedLinear" ? "one GPU, adapters, head and loss together" : "one GPU, adapters, whole logits"
        : Run.Cells["method"].Length == 0 ? "FSDP, full" : "FSDP, adapters";

    /// <summary>The rows whose way of training has the figure.</summary>
    public static IReadOnlyList<DeviceRunRow> ReadAll(IEnumerable<TrainingRunRow> runs)
    {
        var shown = File.ReadAllLines(ReferenceData.Carried("training-device.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture) / 1024);
        return
        [
            .. runs.Where(run => shown.ContainsKey(run.Id))
                .Select(run => new DeviceRunRow(run, shown[run.Id], run.Estimate()))
                .Where(row => row.Estimate.DeviceUsedBytes is not null),
        ];
    }
}
