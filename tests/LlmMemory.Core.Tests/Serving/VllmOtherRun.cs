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

/// <summary>
/// A logged start of vLLM in another version than 0.19, or one that failed (serving-measured.csv, by row;
/// llm-d-incubation/llm-d-planner @e50305a, docs/empirical-vllm-memory-results.md).
/// </summary>
internal sealed class VllmOtherRun
{
    private const double BytesPerGiB = 1L << 30;

    private readonly string[] _cells;

    private VllmOtherRun(string line)
    {
        _cells = line.Split(',');
    }

    public string Name => $"{_cells[1]} on {Version}, {_cells[4]} tp{_cells[6]}";

    public string Version => _cells[3];

    public double? WeightsGiB => Number(11);

    public double? ActivationGiB => Number(12);

    public double? CacheGiB => Number(13);

    public bool Starts => _cells[14] == "true";

    public static VllmOtherRun[] ReadAll()
    {
        return [.. File.ReadLines(ReferenceData.Carried("vllm-other-runs.csv")).Skip(1).Select(line => new VllmOtherRun(line))];
    }

    public MemoryEstimate Estimate()
    {
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(_cells[2]));
        var stored = _cells[4] == "BF16" ? model : WeightFormats.SchemeOf(WeightFormats.All.Find(_cells[4])).Quantize(model);
        var workload = new InferenceWorkload
        {
            ContextLength = (long)Number(5)!.Value,
            TensorParallel = (int)Number(6)!.Value,
            MaxSequences = (long)Number(7)!.Value,
            MaxBatchedTokens = (long)Number(8)!.Value,
            DeviceMemory = (long)(Number(9)!.Value * BytesPerGiB),
            GpuMemoryUtilization = (decimal)Number(10)!.Value,
        };
        return ServingEngines.All.Find("vLLM").Estimate(stored, workload, Version);
    }

    /// <summary>The sum of some components of the first device.</summary>
    public double GiB(params string[] names)
    {
        return Estimate().Components.Where(part => part.Device == "Device 0" && names.Contains(part.Name)).Sum(part => part.Bytes) / BytesPerGiB;
    }

    private double? Number(int index)
    {
        return _cells[index].Length == 0 ? null : double.Parse(_cells[index], CultureInfo.InvariantCulture);
    }
}
