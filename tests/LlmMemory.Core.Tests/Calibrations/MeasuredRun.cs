using LlmMemory.Core.Tests.Comparison;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Calibration;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Sources.Calibrations;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Core.Tests.Calibrations;

/// <summary>A run of vLLM 0.19 that takes a little more and a little less than its estimate.</summary>
internal static class MeasuredRun
{
    public const long GiB = 1L << 30;

    public static InferenceWorkload Workload { get; } = new() { ContextLength = 8192, DeviceMemory = (long)(79.19m * GiB) };

    public static string[] Lines(string activations = "1.92", string outside = "0.28", string graphs = "0.83") =>
    [
        "INFO Initializing a V1 LLM engine (v0.19.0) with config: model='meta-llama/Llama-3.1-8B', max_seq_len=8192",
        "INFO Model loading took 14.9889 GiB and 18.2 seconds",
        $"INFO torch peak memory increase: {activations}GiB; non-torch forward increase memory: {outside}GiB; weights memory: 14.99GiB.",
        $"INFO Graph capturing finished in 8 secs, took {graphs} GiB",
    ];

    public static EngineLog Log(string name = "vllm.log", params string[] lines)
    {
        return EngineLog.FromLines(lines.Length == 0 ? Lines() : lines, name);
    }

    public static MemoryEstimate Estimate(CalibrationProfile? calibration = null)
    {
        return Logs.Vllm(Workload with { Calibration = calibration });
    }

    /// <summary>The calibration, as it comes back from a file.</summary>
    public static CalibrationProfile Saved(TemporaryFolder folder, CalibrationProfile? calibration = null)
    {
        var place = CalibrationPlace.Of(folder.At("h100.json"));
        return CalibrationFile.Save(calibration ?? EngineCalibration.Of(Estimate(), Log()), place, CalibrationWrite.Replace);
    }
}
