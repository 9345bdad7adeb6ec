using System;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>A logged start of vLLM 0.19 on one or several H100, and the estimate of it.</summary>
internal sealed class VllmRun
{
    private const double BytesPerGiB = 1L << 30;

    // The H100 of the runs: torch sees 79.19 GiB.
    private const long DeviceMemory = (long)(79.19 * BytesPerGiB);

    // The layout of MXFP4 was found on gpt-oss.
    private static readonly string[] TunedOn = ["llama-3.1", "codellama", "qwen2.5", "deepseek-v2", "gpt-oss"];

    private readonly string[] _cells;

    private VllmRun(string line)
    {
        _cells = line.Split(',');
    }

    public string Name => $"{_cells[0]} {Format} {_cells[3]} {_cells[4]} tp{_cells[5]} pp{_cells[6]}";

    public string Model => _cells[0];

    public string CatalogueName => _cells[1];

    public string Format => _cells[2];

    public bool IsMultimodal => Estimated(out var model) && model.VisionParameters > 0;

    public double? WeightsGiB => Number(8);

    public double? ActivationGiB => Number(9);

    public double? NonTorchGiB => Number(10);

    public double? GraphsGiB => Number(11);

    public double? CacheGiB => Number(12);

    public double? Tokens => Number(13);

    public double? Blocks => Number(14);

    public double? Concurrency => Number(15);

    /// <summary>True for families that no coefficient of the engine came from: all but Llama, Qwen2.5, DeepSeek-V2 and gpt-oss.</summary>
    public bool IsHeldOut => !Array.Exists(TunedOn, name => CatalogueName.StartsWith(name, StringComparison.Ordinal));

    /// <summary>The model_type, for all models of a family alike.</summary>
    public string Family => ReadModel().ModelType ?? CatalogueName;

    public bool IsPipelined => _cells[6] != "1";

    /// <summary>All that the log shows of one rank, the cache aside.</summary>
    public double MeasuredGiB => WeightsGiB!.Value + ActivationGiB!.Value + NonTorchGiB!.Value + GraphsGiB!.Value;

    public static VllmRun[] ReadAll()
    {
        return [.. File.ReadLines(ReferenceData.Carried("vllm-0.19-runs.csv")).Skip(1).Select(line => new VllmRun(line))];
    }

    public LlmModel ReadModel()
    {
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find(CatalogueName));
        return Format is "BF16" || (Format == "MXFP4" && model.DataType == Format) ? model : WeightFormats.SchemeOf(WeightFormats.All.Find(Format)).Quantize(model);
    }

    public MemoryEstimate Estimate()
    {
        return ServingEngines.All.Find("vLLM").Estimate(ReadModel(), Workload(), "0.19");
    }

    /// <summary>The estimate of <see cref="MeasuredGiB"/>.</summary>
    public double EstimatedGiB()
    {
        return GiB(Estimate().Components
            .Where(part => part.Device == "Device 0" && part.Name is not ("KV cache" or "CUDA context"))
            .Sum(part => part.Bytes));
    }

    /// <summary>The same run with the cache's bytes as logged, so that blocks and tokens are judged by themselves.</summary>
    public MemoryEstimate EstimateWithLoggedCache()
    {
        var estimate = Estimate();
        var missing = (long)((CacheGiB!.Value * BytesPerGiB) - estimate.Capacity!.CacheBytes);
        var workload = Workload();
        return ServingEngines.All.Find("vLLM").Estimate(
            ReadModel(),
            workload with { DeviceMemory = (long)Math.Ceiling(((DeviceMemory * workload.GpuMemoryUtilization!.Value) + missing) / 0.5m), GpuMemoryUtilization = 0.5m, MaxSequences = 1024, MaxBatchedTokens = 8192 },
            "0.19");
    }

    public InferenceWorkload Workload()
    {
        return new InferenceWorkload
        {
            ContextLength = long.Parse(_cells[4], CultureInfo.InvariantCulture),
            TensorParallel = int.Parse(_cells[5], CultureInfo.InvariantCulture),
            PipelineParallel = int.Parse(_cells[6], CultureInfo.InvariantCulture),
            GpuMemoryUtilization = decimal.Parse(_cells[7], CultureInfo.InvariantCulture),
            KvCacheType = _cells[3] == "auto" ? null : CacheTypes.All.Find(_cells[3]),
            DeviceMemory = DeviceMemory,
        };
    }

    public static double GiB(long bytes)
    {
        return bytes / BytesPerGiB;
    }

    private bool Estimated(out LlmModel model)
    {
        model = ReadModel();
        return true;
    }

    private double? Number(int index)
    {
        return _cells[index].Length == 0 ? null : double.Parse(_cells[index], CultureInfo.InvariantCulture);
    }
}
