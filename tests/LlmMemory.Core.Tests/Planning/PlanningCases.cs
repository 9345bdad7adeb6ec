using System.Collections.Concurrent;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Cases;
using LlmMemory.Estimation.Serving;
using LlmMemory.Estimation.Training;
using LlmMemory.Hardware;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Planning;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>Cases and devices for tests of planning; each model is read once, and once more by each engine.</summary>
internal static class PlanningCases
{
    public const long GiB = 1L << 30;

    private static readonly ConcurrentDictionary<(string Model, string? Format), LlmModel> Models = new();

    private static readonly ConcurrentDictionary<(string Engine, string Model, string? Format), PreparedModel> Prepared = new();

    /// <summary>A model of the catalogue, stored as it is or in a format.</summary>
    public static LlmModel Model(string name, string? format = null)
    {
        return Models.GetOrAdd((name, format), key => key.Format is null
            ? ModelReader.FromCatalogue(ModelCatalogue.All.Find(key.Model))
            : WeightFormats.SchemeOf(WeightFormats.All.Find(key.Format)).Quantize(Model(key.Model)));
    }

    public static ServingCase Served(string engine, string model, InferenceWorkload workload, string? format = null)
    {
        var prepared = Prepared.GetOrAdd((engine, model, format), key => ServingEngines.All.Find(key.Engine).Prepare(Model(key.Model, key.Format)));
        return new ServingCase(Model(model), prepared, workload, null);
    }

    public static TrainingCase Trained(string framework, string model, TrainingRun run, string? format = null)
    {
        return new TrainingCase(Model(model), Model(model, format), TrainingFrameworks.All.Find(framework), run, null);
    }

    public static TrainingCase Adapted(string framework, string model, AdapterSpecification adapter, TrainingRun run, string? format = null)
    {
        var stored = Model(model, format);
        return new TrainingCase(
            Model(model), stored, TrainingFrameworks.All.Find(framework), run with { Adapter = AdapterBuilder.Build(stored, adapter) }, null, adapter);
    }

    public static CountCase Counted(long parameters, string format = "BF16", EstimateMode? mode = null)
    {
        return CountCase.Of(parameters, WeightFormats.DataTypeOf(WeightFormats.All.Find(format)), mode, new TrainingWorkload());
    }

    /// <summary>Devices of one size; as many as are asked for when the count is null.</summary>
    public static DevicePool Devices(long bytes, int? count = 1)
    {
        return DevicePool.Of(new DeviceBudget("device", bytes), count);
    }

    /// <summary>Devices of the catalogue.</summary>
    public static DevicePool Gpus(string name, int? count = 1)
    {
        return DeviceOffer.Pools([DeviceOffer.Of(GpuCatalogue.All.Find(name))], [count], null).Single();
    }

    /// <summary>
    /// What the fullest device has to hold; of a training also 0.47 GiB of a CUDA context, 2.00 GiB where ranks exchange
    /// (A100; stas00/ml-engineering, training/performance/README.md).
    /// </summary>
    public static long Fullest(EstimateCase asked)
    {
        var devices = asked.Estimate().Devices;
        return devices.Max(device => device.Bytes) + (asked is not TrainingCase ? 0 : devices.Count > 1 ? 2 * GiB : (long)(0.47 * GiB));
    }
}
